import { mkdirSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type {
  ExperimentDocument,
  ExperimentListing,
  ExperimentStore,
  RecordEntry,
  SampleRecord,
  ScanFilter,
} from '@evals/core'
import { encodeName } from './encode-name.ts'
import { entriesIn } from './entries-in.ts'
import { extensionOf } from './file-extension.ts'
import { RecordFile } from './record-file.ts'
import { readRecordFile, recordFileName, recordFileNames } from './read-records.ts'
import { unreadable, unwritable } from './storage-error.ts'
import { temporaryPath, writeOnce } from './write-whole.ts'

const documentName = 'experiment.json'

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
    // Package managers change the working folder and say here where the user stood.
    return relative(process.env['INIT_CWD'] ?? process.cwd(), this.#folder(experiment))
  }

  async append(experiment: string, { record, attachments }: RecordEntry): Promise<void> {
    for (const { sha256, mediaType, bytes } of attachments) {
      this.#writable(join(this.#folder(experiment), 'attachments'), (path) =>
        writeOnce(join(path, `${sha256}.${extensionOf(mediaType)}`), bytes),
      )
    }
    const line = JSON.stringify(record)
    await this.#recordFile(experiment, record.run).append(line)
  }

  async *scan(experiment: string, filter: ScanFilter = {}): AsyncIterable<SampleRecord> {
    const runs = (await this.readDocument(experiment))?.runs.map(({ id }) => id) ?? []
    const folder = join(this.#folder(experiment), 'records')
    for (const name of await recordFileNames(folder, runs)) {
      for await (const record of readRecordFile(join(folder, name), filter)) {
        if (filter.eval === undefined || record.eval === filter.eval) yield record
      }
    }
  }

  async readAttachment(experiment: string, sha256: string): Promise<Uint8Array | undefined> {
    const folder = join(this.#folder(experiment), 'attachments')
    const file = (await entriesIn(folder)).find(({ name }) => name.startsWith(`${sha256}.`))
    return file === undefined ? undefined : readFile(join(folder, file.name))
  }

  async readDocument(experiment: string): Promise<ExperimentDocument | undefined> {
    return readDocument(this.#folder(experiment))
  }

  async writeDocument(document: ExperimentDocument): Promise<void> {
    const folder = this.#folder(document.experiment)
    const path = join(folder, documentName)
    this.#writable(join(folder, 'records'), () => {})
    // lowdb's own temporary file has one name for all processes, which would take it from each other, and a full disk
    // leaves it behind: so each writes in a folder of its own.
    const temporary = temporaryPath(path)
    try {
      await mkdir(temporary)
      const [{ Low }, { JSONFile }] = await lowdb()
      await new Low<ExperimentDocument>(new JSONFile(join(temporary, documentName)), document).write()
      await rename(join(temporary, documentName), path)
    } catch (error) {
      throw unwritable(path, error)
    } finally {
      await rm(temporary, { recursive: true, force: true })
    }
  }

  async list(): Promise<readonly ExperimentListing[]> {
    const parent = join(this.#options.folder, 'experiments')
    const listings: ExperimentListing[] = []
    for (const entry of await entriesIn(parent)) {
      const document = entry.isFile() ? undefined : await readDocument(join(parent, entry.name))
      if (document === undefined) continue
      const { experiment, status, createdAt, updatedAt } = document
      listings.push({ experiment, status, createdAt, updatedAt })
    }
    return listings.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt, 'en'))
  }

  async delete(experiment: string): Promise<void> {
    this.close()
    await rm(this.#folder(experiment), { recursive: true, force: true })
  }

  close(): void {
    for (const file of this.#files.values()) file.close()
    this.#files.clear()
  }

  #recordFile(experiment: string, run: string): RecordFile {
    const key = `${run.length}:${run}${experiment}`
    let file = this.#files.get(key)
    if (file === undefined) {
      const name = recordFileName(run, this.#options.writer)
      file = this.#writable(join(this.#folder(experiment), 'records'), (folder) => new RecordFile(join(folder, name)))
      this.#files.set(key, file)
    }
    return file
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

/** Loaded late: a worker only appends. */
function lowdb(): Promise<[typeof import('lowdb'), typeof import('lowdb/node')]> {
  return Promise.all([import('lowdb'), import('lowdb/node')])
}

async function readDocument(folder: string): Promise<ExperimentDocument | undefined> {
  const path = join(folder, documentName)
  try {
    const [, { JSONFile }] = await lowdb()
    return (await new JSONFile<ExperimentDocument>(path).read()) ?? undefined
  } catch (error) {
    throw unreadable(path, error)
  }
}
