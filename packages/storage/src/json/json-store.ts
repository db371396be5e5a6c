import { existsSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import {
  experimentExists,
  experimentUnknown,
  holdLease,
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
import { listExperiments } from '../list-experiments.ts'
import { unwritable } from '../storage-error.ts'
import { readAttachment } from './attachment-files.ts'
import { documentName, readDocumentFile, writeDocumentFile } from './document-file.ts'
import { ExperimentFolders } from './experiment-folders.ts'
import { LeaseFolder } from './lease-folder.ts'
import { RecordWriter } from './record-writer.ts'
import { readRecordFile, recordFiles } from './read-records.ts'
import { syncNewer } from './sync-file.ts'

/** How a {@link JsonStore} is opened. */
export interface JsonStoreOptions {
  /** Absolute path, usually `<root>/.evals`. */
  readonly folder: string
  /** Tells this writer's record files from those of others at work on the same experiment. */
  readonly writer: string
  /** For the heartbeat of leases. Default: the real one, which keeps no process alive. */
  readonly clock?: Clock
}

/** Keeps experiments as files: one append-only JSON Lines file per run and writer, and a small `experiment.json`. */
export class JsonStore implements ExperimentStore {
  readonly #options: JsonStoreOptions
  readonly #folders: ExperimentFolders
  readonly #writer: RecordWriter

  constructor(options: JsonStoreOptions) {
    this.#options = options
    this.#folders = new ExperimentFolders(options.folder)
    this.#writer = new RecordWriter({ writer: options.writer, makeFolder: (path) => this.#folders.make(path) })
  }

  describe(experiment: string): string {
    // Package managers change the working folder and say here where the user stood.
    return relative(process.env['INIT_CWD'] ?? process.cwd(), this.#folders.pathOf(experiment))
  }

  async lease(experiment: string, holder: LeaseHolder = thisProcess()): Promise<ExperimentLease> {
    const { clock } = this.#options
    const { lease, number } = this.#take(experiment, holder)
    return holdLease({
      experiment,
      beat: () => lease.beat(number, holder),
      release: () => this.#release(experiment, number),
      ...(clock === undefined ? {} : { clock }),
    })
  }

  async append(experiment: string, entry: RecordEntry): Promise<void> {
    await this.#writer.append(this.#folders.create(experiment), entry)
  }

  async *scan(experiment: string, filter: ScanFilter = {}): AsyncIterable<SampleRecord> {
    const files = await recordFiles(this.#folders.pathOf(experiment), experiment)
    for (const path of files) yield* readRecordFile(path, filter)
  }

  readAttachment(experiment: string, sha256: string): Promise<Uint8Array> {
    return readAttachment(join(this.#folders.pathOf(experiment), 'attachments'), sha256)
  }

  async readDocument(experiment: string): Promise<ExperimentDocument | undefined> {
    const document = readDocumentFile(this.#folders.pathOf(experiment), experiment)
    return typeof document === 'string' ? rebuildDocument(this, experiment, { reason: document }) : document
  }

  async writeDocument(document: ExperimentDocument): Promise<void> {
    const folder = this.#folders.create(document.experiment)
    this.#folders.make(join(folder, 'records'))
    // Whoever wrote them may have been ended before it synced them; the document must not tell of what can be lost.
    const since = statSync(join(folder, documentName), { throwIfNoEntry: false })?.mtimeMs ?? 0
    for (const name of ['records', 'attachments']) await syncNewer(join(folder, name), since)
    await writeDocumentFile(folder, document)
  }

  async list(filter: Pick<ScanFilter, 'onProblem'> = {}): Promise<readonly ExperimentListing[]> {
    return listExperiments(this, await this.#folders.names(filter), filter.onProblem)
  }

  async rename(from: string, to: string): Promise<void> {
    const target = this.#folders.pathOf(to)
    if (!existsSync(this.#folders.pathOf(from))) throw experimentUnknown(from, await this.#folders.names())
    if (['records', documentName].some((name) => existsSync(join(target, name)))) throw experimentExists(to)
    // Where there was only ever a lease there is a folder too.
    await this.delete(to)
    const { number } = this.#take(from, thisProcess())
    let held = from
    try {
      this.#folders.rename(from, to)
      held = to
      const document = readDocumentFile(target, to)
      if (typeof document !== 'string') await writeDocumentFile(target, document)
    } finally {
      this.#release(held, number)
    }
  }

  async delete(experiment: string): Promise<void> {
    await this.close()
    if (!existsSync(this.#folders.pathOf(experiment))) return this.#folders.clear()
    const { number } = this.#take(experiment, thisProcess())
    try {
      await this.#folders.remove(experiment)
    } catch (error) {
      this.#release(experiment, number)
      throw error
    }
  }

  close(): Promise<void> {
    return this.#writer.close()
  }

  #take(experiment: string, holder: LeaseHolder): { lease: LeaseFolder; number: number } {
    this.#folders.create(experiment)
    const lease = this.#leaseOf(experiment)
    try {
      return { lease, number: lease.take(experiment, holder) }
    } catch (error) {
      throw unwritable(this.#folders.pathOf(experiment), error)
    }
  }

  #release(experiment: string, number: number): void {
    try {
      this.#leaseOf(experiment).release(number)
    } catch (error) {
      throw unwritable(this.#folders.pathOf(experiment), error)
    }
  }

  #leaseOf(experiment: string): LeaseFolder {
    return new LeaseFolder(join(this.#folders.pathOf(experiment), 'lease'))
  }
}
