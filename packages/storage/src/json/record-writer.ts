import { dirname, join } from 'node:path'
import type { RecordEntry } from '@evals/core'
import { SyncWindow } from '../sync-window.ts'
import { unwritable } from '../storage-error.ts'
import { writeAttachment } from './attachment-files.ts'
import { RecordFile } from './record-file.ts'
import { recordFileName } from './read-records.ts'
import { syncFile, syncFolder } from './sync-file.ts'

/** How a {@link RecordWriter} writes. */
export interface RecordWriterOptions {
  readonly writer: string
  /** Makes a folder with those above it. */
  makeFolder(path: string): void
}

/** Appends the records of one writer, and brings them to the disk itself in groups. */
export class RecordWriter {
  readonly #options: RecordWriterOptions
  readonly #files = new Map<string, RecordFile>()
  readonly #unsynced = new Map<string, (path: string) => Promise<void>>()
  readonly #window = new SyncWindow(() => this.#sync())

  constructor(options: RecordWriterOptions) {
    this.#options = options
  }

  /** Resolves when the record and its attachments are in files under the experiment's `folder`. */
  async append(folder: string, { record, attachments }: RecordEntry): Promise<void> {
    if (attachments.length > 0) this.#writeAttachments(join(folder, 'attachments'), attachments)
    // Made to text now: the caller may go on with its record.
    const line = JSON.stringify(record)
    await this.#file(folder, record.run).append(line)
  }

  /** Writes and syncs what waits. */
  async close(): Promise<void> {
    for (const file of this.#files.values()) file.close()
    this.#files.clear()
    await this.#window.close()
  }

  #writeAttachments(folder: string, attachments: RecordEntry['attachments']): void {
    try {
      this.#options.makeFolder(folder)
      for (const attachment of attachments) {
        const path = writeAttachment(folder, attachment)
        if (path !== undefined) this.#unsynced.set(path, syncFile).set(folder, syncFolder)
      }
    } catch (error) {
      throw unwritable(folder, error)
    }
  }

  #file(experimentFolder: string, run: string): RecordFile {
    // Encoding the names again for each record would take longer than what is left to do here.
    const key = `${experimentFolder}\0${run}`
    let file = this.#files.get(key)
    if (file === undefined) {
      const folder = join(experimentFolder, 'records')
      const path = join(folder, recordFileName(run, this.#options.writer))
      try {
        this.#options.makeFolder(folder)
        file = new RecordFile(path, () => this.#beforeWrite(path))
      } catch (error) {
        throw unwritable(path, error)
      }
      this.#files.set(key, file)
      // Its name must not be lost, nor those of the folders that may have been made for it.
      let above = folder
      for (const _ of ['records', 'the experiment', 'experiments', 'the store']) {
        this.#unsynced.set(above, syncFolder)
        above = dirname(above)
      }
    }
    return file
  }

  #beforeWrite(path: string): void {
    this.#window.open()
    this.#unsynced.set(path, syncFile)
  }

  async #sync(): Promise<void> {
    const unsynced = [...this.#unsynced]
    this.#unsynced.clear()
    for (const [path, sync] of unsynced) await sync(path)
  }
}
