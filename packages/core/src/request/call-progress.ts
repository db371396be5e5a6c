import type { Clock } from '../clock.ts'
import type { StoredError } from '../record/record.ts'
import type { WaitClock } from '../sample/wait-clock.ts'

/** What a call has gone through so far. */
export class CallProgress {
  /** What its attempts failed with, oldest first. */
  readonly failed: StoredError[] = []
  /** Ms from the last attempt's start to the first byte of its answer. */
  firstTokenMs?: number
  /** An attempt may have been paid for, though nothing came of it. */
  mayBeBilled = false
  readonly #clock: Clock
  readonly #waits: WaitClock | undefined
  readonly #startedAt: number
  #queuedMs = 0
  #waitingSince: number | undefined

  /** @param waits the clock of the sample that makes the call, if any */
  constructor(clock: Clock, waits?: WaitClock) {
    this.#clock = clock
    this.#waits = waits
    this.#startedAt = clock.now()
  }

  /** Ms it has waited for slots, after refusals, and for identical calls of others. */
  get queuedMs(): number {
    return this.#queuedMs + (this.#waitingSince === undefined ? 0 : this.#clock.now() - this.#waitingSince)
  }

  /** Ms since it began, without `queuedMs`. */
  get durationMs(): number {
    return this.#clock.now() - this.#startedAt - this.queuedMs
  }

  /** Waits for `work` as a time in which the call can do nothing: it stops the sample's clock and is queued. */
  async wait<Value>(work: Promise<Value>): Promise<Value> {
    this.#waitingSince = this.#clock.now()
    const end = this.#waits?.startWaiting()
    try {
      return await work
    } finally {
      end?.()
      this.#queuedMs = this.queuedMs
      this.#waitingSince = undefined
    }
  }
}
