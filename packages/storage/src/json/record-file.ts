import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { WriteTurn } from '../write-turn.ts'
import { unwritable } from '../storage-error.ts'

/** Characters that are written at once. */
const batchLength = 4 << 20

/** An append-only JSON Lines file, to which each turn of the event loop is one write, or a few where it is long. */
export class RecordFile {
  readonly #path: string
  readonly #descriptor: number
  readonly #turn = new WriteTurn<string>((lines) => this.#write(lines))
  /** Called before each write; may throw. */
  readonly #onWrite: () => void
  #torn: boolean

  constructor(path: string, onWrite: () => void) {
    this.#path = path
    this.#onWrite = onWrite
    this.#descriptor = openSync(path, 'a+')
    this.#torn = !endsWithNewline(this.#descriptor)
  }

  /**
   * Resolves when the line is in the file.
   * @throws EvalsError `EVALS_STORAGE_UNWRITABLE`, for example when the disk is full
   */
  append(line: string): Promise<void> {
    return this.#turn.add(line)
  }

  close(): void {
    this.#turn.flush()
    closeSync(this.#descriptor)
  }

  #write(lines: readonly string[]): void {
    this.#onWrite()
    try {
      for (const bytes of inBatches(lines)) this.#writeBytes(bytes)
    } catch (error) {
      throw unwritable(this.#path, error)
    }
  }

  #writeBytes(lines: Buffer): void {
    // After a torn line the next record must not be glued to it.
    const bytes = this.#torn ? Buffer.concat([Buffer.from('\n'), lines]) : lines
    let written = 0
    while (written < bytes.length) {
      this.#torn = true
      written += writeSync(this.#descriptor, bytes, written)
    }
    this.#torn = false
  }
}

/** Whole lines in pieces of at least {@link batchLength}, since all of a turn may be more than one string can hold. */
function* inBatches(lines: readonly string[]): Iterable<Buffer> {
  let batch: string[] = []
  let length = 0
  for (const line of lines) {
    batch.push(`${line}\n`)
    length += line.length
    if (length < batchLength) continue
    yield Buffer.from(batch.join(''))
    batch = []
    length = 0
  }
  if (batch.length > 0) yield Buffer.from(batch.join(''))
}

function endsWithNewline(descriptor: number): boolean {
  const { size } = fstatSync(descriptor)
  if (size === 0) return true
  const last = Buffer.alloc(1)
  readSync(descriptor, last, 0, 1, size - 1)
  return last[0] === 0x0a
}
