import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { EvalsError, messageOf } from '@evals/core'

/** An append-only JSON Lines file; one line is one write, so that a killed process leaves at most one torn line. */
export class RecordFile {
  readonly #path: string
  readonly #descriptor: number
  #torn: boolean

  constructor(path: string) {
    this.#path = path
    this.#descriptor = openSync(path, 'a+')
    this.#torn = !endsWithNewline(this.#descriptor)
  }

  /** @throws EvalsError `EVALS_STORAGE_UNWRITABLE`, for example when the disk is full */
  append(line: string): void {
    // After a torn line the next record must not be glued to it.
    const bytes = Buffer.from(`${this.#torn ? '\n' : ''}${line}\n`)
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

  close(): void {
    closeSync(this.#descriptor)
  }
}

function endsWithNewline(descriptor: number): boolean {
  const { size } = fstatSync(descriptor)
  if (size === 0) return true
  const last = Buffer.alloc(1)
  readSync(descriptor, last, 0, 1, size - 1)
  return last[0] === 0x0a
}
