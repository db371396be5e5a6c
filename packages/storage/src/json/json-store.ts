import { mkdirSync, writeFileSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import {
  EvalsError,
  messageOf,
  type ExperimentDocument,
  type ExperimentListing,
  type ExperimentStore,
  type RecordEntry,
  type SampleRecord,
  type ScanFilter,
} from '@evals/core'
import { Low } from 'lowdb'
import { JSONFile } from 'lowdb/node'
import { encodeName } from './encode-name.ts'
import { extensionOf } from './file-extension.ts'
import { RecordFile } from './record-file.ts'
import { readRecordFile, recordFileNames } from './read-records.ts'

/** How a {@link JsonStore} is opened. */
export interface JsonStoreOptions {
  /** Absolute path, usually `<root>/.evals`. */
  readonly folder: string
  /** Tells this writer's record files from those of others at work on the same experiment. */
  readonly writer: string
}

/** Keeps experiments as files: one append-only JSON Lines file per run and writer, and a small `experiment.json`. */
export class JsonStore implements ExperimentStore {
  readonly #options: JsonStoreOptions
  readonly #files = new Map<string, RecordFile>()

  constructor(options: JsonStoreOptions) {
    this.#options = options
  }

  describe(experiment: string): string {
    return relative(process.cwd(), this.#folder(experiment))
  }

  append(experiment: string, { record, attachments }: RecordEntry): void {
    const folder = this.#folder(experiment)
    for (const { sha256, mediaType, bytes } of attachments) {
      this.#writable(join(folder, 'attachments'), (path) =>
        writeOnce(join(path, `${sha256}.${extensionOf(mediaType)}`), bytes),
      )
    }
    const path = join(folder, 'records', `${encodeName(record.run)}-${this.#options.writer}.jsonl`)
    let file = this.#files.get(path)
    if (file === undefined) {
      file = this.#writable(join(folder, 'records'), () => new RecordFile(path))
      this.#files.set(path, file)
    }
    file.append(JSON.stringify(record))
  }

  async *scan(experiment: string, filter: ScanFilter = {}): AsyncIterable<SampleRecord> {
    const runs = (await this.readDocument(experiment))?.runs.map(({ id }) => encodeName(id)) ?? []
    const folder = join(this.#folder(experiment), 'records')
    for (const name of await recordFileNames(folder, runs)) {
      for await (const record of readRecordFile(join(folder, name), filter)) {
        if (filter.eval === undefined || record.eval === filter.eval) yield record
      }
    }
  }

  async readAttachment(experiment: string, sha256: string): Promise<Uint8Array | undefined> {
    const folder = join(this.#folder(experiment), 'attachments')
    const name = (await namesIn(folder)).find((file) => file.startsWith(`${sha256}.`))
    return name === undefined ? undefined : readFile(join(folder, name))
  }

  async readDocument(experiment: string): Promise<ExperimentDocument | undefined> {
    const path = join(this.#folder(experiment), 'experiment.json')
    try {
      return (await new JSONFile<ExperimentDocument>(path).read()) ?? undefined
    } catch (error) {
      throw new EvalsError(
        'EVALS_STORAGE_UNREADABLE',
        `${path} is no JSON document (${messageOf(error)}). Restore or remove it; the records beside it are untouched.`,
        { cause: error, details: { path } },
      )
    }
  }

  async writeDocument(document: ExperimentDocument): Promise<void> {
    const folder = this.#folder(document.experiment)
    const path = join(folder, 'experiment.json')
    this.#writable(join(folder, 'records'), () => {})
    try {
      const db = new Low<ExperimentDocument>(new JSONFile(path), document)
      await db.write()
    } catch (error) {
      throw unwritable(path, error)
    }
  }

  async list(): Promise<readonly ExperimentListing[]> {
    const parent = join(this.#options.folder, 'experiments')
    const listings: ExperimentListing[] = []
    for (const name of await namesIn(parent)) {
      const document = await new JSONFile<ExperimentDocument>(join(parent, name, 'experiment.json')).read()
      if (document === null) continue
      const { experiment, status, createdAt, updatedAt } = document
      listings.push({ experiment, status, createdAt, updatedAt })
    }
    return listings.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  }

  async delete(experiment: string): Promise<void> {
    this.close()
    await rm(this.#folder(experiment), { recursive: true, force: true })
  }

  close(): void {
    for (const file of this.#files.values()) file.close()
    this.#files.clear()
  }

  #folder(experiment: string): string {
    return join(this.#options.folder, 'experiments', encodeName(experiment))
  }

  /** Makes a folder and does something in it; a failure says where and what to do. */
  #writable<Result>(folder: string, work: (folder: string) => Result): Result {
    try {
      if (mkdirSync(folder, { recursive: true }) !== undefined) this.#ignoreInGit()
      return work(folder)
    } catch (error) {
      throw unwritable(folder, error)
    }
  }

  #ignoreInGit(): void {
    writeOnce(join(this.#options.folder, '.gitignore'), '*\n')
  }
}

function writeOnce(path: string, data: Uint8Array | string): void {
  try {
    writeFileSync(path, data, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw new EvalsError(
      'EVALS_STORAGE_UNREADABLE',
      `${folder} cannot be read: ${messageOf(error)}. Check its permissions.`,
      {
        cause: error,
        details: { folder },
      },
    )
  }
}

function unwritable(path: string, error: unknown): EvalsError {
  return new EvalsError(
    'EVALS_STORAGE_UNWRITABLE',
    `${path} cannot be written: ${messageOf(error)}. Free space or change its permissions, or choose another folder with \`storage: 'json://FOLDER'\`.`,
    { cause: error, details: { path } },
  )
}
