import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseRecord, type SampleRecord, type StoreProblem } from '@evals/core'
import type { ExperimentLog, LoggedRecord } from '../experiment-log.ts'
import { isMissing, unreadable } from '../storage-error.ts'
import { ExperimentFolders } from './experiment-folders.ts'
import { recordFiles } from './read-records.ts'

/** Read at once; a line may be longer. */
const chunkBytes = 1 << 20

interface Place {
  readonly path: string
  readonly start: number
  readonly bytes: number
}

/** The log of an experiment in a folder: of each record file, what lies behind the last whole line read. */
export class JsonLog implements ExperimentLog {
  readonly #folder: string
  readonly #experiment: string
  readonly #read = new Map<string, number>()
  readonly #places: Place[] = []

  /** @param folder absolute path of the store's folder */
  constructor(folder: string, experiment: string) {
    this.#folder = new ExperimentFolders(folder).pathOf(experiment)
    this.#experiment = experiment
  }

  async *readNew(onProblem: (problem: StoreProblem) => void = () => {}): AsyncIterable<LoggedRecord> {
    for (const path of await recordFiles(this.#folder, this.#experiment)) yield* this.#readFile(path, onProblem)
  }

  async readAt(place: number): Promise<SampleRecord | undefined> {
    const found = this.#places[place]
    if (found === undefined) return undefined
    const bytes = Buffer.alloc(found.bytes)
    try {
      await using file = await open(found.path)
      await file.read(bytes, 0, bytes.length, found.start)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw unreadable(found.path, error)
    }
    const record = parseRecord(bytes.toString())
    return typeof record === 'string' ? undefined : record
  }

  close(): void {}

  async *#readFile(path: string, onProblem: (problem: StoreProblem) => void): AsyncIterable<LoggedRecord> {
    let start = this.#read.get(path) ?? 0
    for await (const bytes of wholeLines(path, start)) {
      const record = parseRecord(bytes.toString())
      if (typeof record !== 'string') {
        yield { place: this.#places.push({ path, start, bytes: bytes.length }) - 1, record }
      } else if (bytes.length > 0) onProblem({ where: `${basename(path)}, byte ${start}`, what: record })
      start += bytes.length + 1
      this.#read.set(path, start)
    }
  }
}

/** The lines behind a place that have an end; what a writer has not finished is read the next time. */
async function* wholeLines(path: string, from: number): AsyncIterable<Buffer> {
  try {
    await using file = await open(path)
    const { size } = await file.stat()
    let rest = Buffer.alloc(0)
    for (let at = from; at < size;) {
      const { bytesRead, buffer } = await file.read(
        Buffer.allocUnsafe(Math.min(chunkBytes, size - at)),
        0,
        undefined,
        at,
      )
      if (bytesRead === 0) return
      at += bytesRead
      const chunk = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
      let start = 0
      for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
        yield chunk.subarray(start, end)
        start = end + 1
      }
      rest = chunk.subarray(start)
    }
  } catch (error) {
    if (!isMissing(error)) throw unreadable(path, error)
  }
}
