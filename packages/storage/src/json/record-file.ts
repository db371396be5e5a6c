import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { EvalsError, messageOf } from '@evals/core'

/**
 * An append-only JSON Lines file. Lines that come within one turn of the event loop are one write, so that a killed
 * process leaves at most one torn line.
 */
export class RecordFile {
  readonly #path: string
  readonly #descriptor: number
  #torn: boolean
  #lines: string[] = []
  #written: Promise<void> | undefined

  constructor(path: string) {
    this.#path = path
    this.#descriptor = openSync(path, 'a+')
    this.#torn = !endsWithNewline(this.#descriptor)
  }

  /**
   * Resolves when the line is in the file.
   * @throws EvalsError `EVALS_STORAGE_UNWRITABLE`, for example when the disk is full
   */
  append(line: string): Promise<void> {
    this.#lines.push(line)
    return (this.#written ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        try {
          this.#write()
          resolve()
        } catch (error) {
          reject(error)
        }
      })
    }))
  }

  close(): void {
    this.#write()
    closeSync(this.#descriptor)
  }

  #write(): void {
    if (this.#lines.length === 0) return
    // After a torn line the next record must not be glued to it.
    const bytes = Buffer.from([this.#torn ? '\n' : '', ...this.#lines.map((line) => `${line}\n`)].join(''))
    this.#lines = []
    this.#written = undefined
    try {
      let written = 0
      while (written < bytes.length) {
        this.#torn = true
        written += writeSync(this.#descriptor, bytes, written)
      }
      this.#torn = false
    } catch (error) {
      throw new EvalsError(
        'EVALS_STORAGE_UNWRITABLE',
        `${this.#path} cannot be written: ${messageOf(error)}. Free space, then run again; what is recorded so far is kept.`,
        { cause: error, details: { path: this.#path } },
      )
    }
  }
}

function endsWithNewline(descriptor: number): boolean {
  const { size } = fstatSync(descriptor)
  if (size === 0) return true
  const last = Buffer.alloc(1)
  readSync(descriptor, last, 0, 1, size - 1)
  return last[0] === 0x0a
}
