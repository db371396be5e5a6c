import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import {
  attachmentUnreadable,
  holdLease,
  parseRecord,
  rebuildDocument,
  thisProcess,
  type Clock,
  type ExperimentDocument,
  type ExperimentLease,
  type ExperimentListing,
  type ExperimentStore,
  type LeaseHolder,
  type RecordEntry,
  type SampleRecord,
  type ScanFilter,
} from '@evals/core'
import { assertExperimentName } from '../experiment-name.ts'
import { listExperiments } from '../list-experiments.ts'
import { SyncWindow } from '../sync-window.ts'
import { WriteTurn } from '../write-turn.ts'
import { DatabaseFile } from './database-file.ts'
import { insertRecords, recordsAfter, recordsPerPage, runsOf, type RecordToInsert } from './record-rows.ts'
import {
  attachmentOf,
  deleteExperiment,
  documentOf,
  experimentsOf,
  renameExperiment,
  storeDocument,
} from './experiment-rows.ts'
import { beatLease, releaseLease, takeLease } from './sqlite-lease.ts'

/** How a {@link SqliteStore} is opened. */
export interface SqliteStoreOptions {
  /** Absolute path of the database. */
  readonly file: string
  /** For the heartbeat of leases. Default: the real one, which keeps no process alive. */
  readonly clock?: Clock
}

/** Keeps experiments in one SQLite database, to which several processes and threads may write at once. */
export class SqliteStore implements ExperimentStore {
  readonly #options: SqliteStoreOptions
  readonly #database: DatabaseFile
  readonly #turn = new WriteTurn<RecordToInsert>((records) => {
    this.#window.open()
    this.#database.write((database) => insertRecords(database, records))
  })
  readonly #window = new SyncWindow(async () => this.#database.checkpoint())

  constructor(options: SqliteStoreOptions) {
    this.#options = options
    this.#database = new DatabaseFile(options.file)
  }

  describe(experiment: string): string {
    // Package managers change the working folder and say here where the user stood.
    return `"${experiment}" in ${relative(process.env['INIT_CWD'] ?? process.cwd(), this.#options.file)}`
  }

  async lease(experiment: string, holder: LeaseHolder = thisProcess()): Promise<ExperimentLease> {
    assertExperimentName(experiment)
    const token = this.#database.write((database) => takeLease(database, experiment, holder))
    const { clock } = this.#options
    return holdLease({
      experiment,
      beat: () => this.#database.write((database) => beatLease(database, experiment, token)),
      release: () => this.#database.write((database) => releaseLease(database, experiment, token)),
      ...(clock === undefined ? {} : { clock }),
    })
  }

  async append(experiment: string, { record, attachments }: RecordEntry): Promise<void> {
    assertExperimentName(experiment)
    // Copied now: the caller may go on with its record.
    const copies = attachments.map((attachment) => ({ ...attachment, bytes: attachment.bytes.slice() }))
    await this.#turn.add({ experiment, record, json: JSON.stringify(record), attachments: copies })
  }

  async *scan(experiment: string, { eval: evalName, onProblem }: ScanFilter = {}): AsyncIterable<SampleRecord> {
    for (const run of this.#database.read((database) => runsOf(database, experiment)) ?? []) {
      let after = 0
      for (;;) {
        // In pages: an open query would keep the log of writes from being cleared as long as a reader takes.
        const page = this.#database.read((database) => recordsAfter(database, { experiment, run, after })) ?? []
        for (const { place, json } of page) {
          const record = parseRecord(json)
          if (typeof record === 'string') onProblem?.({ where: `${this.#options.file}, record ${place}`, what: record })
          else if (evalName === undefined || record.eval === evalName) yield record
          after = place
        }
        if (page.length < recordsPerPage) break
      }
    }
  }

  async readAttachment(experiment: string, sha256: string): Promise<Uint8Array> {
    const where = `${sha256} of ${this.describe(experiment)}`
    const bytes = this.#database.read((database) => attachmentOf(database, experiment, sha256))
    if (bytes === undefined) throw attachmentUnreadable(where, 'missing')
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw attachmentUnreadable(where, 'damaged')
    return bytes
  }

  async readDocument(experiment: string): Promise<ExperimentDocument | undefined> {
    assertExperimentName(experiment)
    const document = this.#database.read((database) => documentOf(database, experiment))
    return typeof document === 'string' ? rebuildDocument(this, experiment, { reason: document }) : document
  }

  async writeDocument(document: ExperimentDocument): Promise<void> {
    const { experiment } = document
    assertExperimentName(experiment)
    this.#turn.flush()
    this.#database.write((database) => storeDocument(database, document))
  }

  async list({ onProblem }: Pick<ScanFilter, 'onProblem'> = {}): Promise<readonly ExperimentListing[]> {
    return listExperiments(this, this.#database.read(experimentsOf) ?? [], onProblem)
  }

  async rename(from: string, to: string): Promise<void> {
    assertExperimentName(to)
    this.#turn.flush()
    this.#database.write((database) => renameExperiment(database, from, to))
  }

  async delete(experiment: string): Promise<void> {
    this.#turn.flush()
    if (existsSync(this.#options.file)) this.#database.write((database) => deleteExperiment(database, experiment))
  }

  async close(): Promise<void> {
    this.#turn.flush()
    try {
      await this.#window.close()
    } finally {
      this.#database.close()
    }
  }
}
