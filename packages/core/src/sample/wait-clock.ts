import type { Clock } from '../clock.ts'

/**
 * The time in which a sample can do nothing but wait: it has open model calls, and all of them wait for a slot. That
 * time counts neither as the sample's duration nor against its timeout.
 */
export class WaitClock {
  readonly #clock: Clock
  readonly #listeners = new Set<() => void>()
  #openCalls = 0
  #waitingCalls = 0
  #stoppedAt: number | undefined
  #stoppedMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** True while the sample's time stands still. */
  get stopped(): boolean {
    return this.#stoppedAt !== undefined
  }

  /** Ms the sample's time has stood still so far. */
  get stoppedMs(): number {
    return this.#stoppedMs + (this.#stoppedAt === undefined ? 0 : this.#clock.now() - this.#stoppedAt)
  }

  /** A model call begins; the returned function ends it. */
  openCall(): () => void {
    this.#change(() => (this.#openCalls += 1))
    return () => this.#change(() => (this.#openCalls -= 1))
  }

  /** An open call begins to wait; the returned function ends that. */
  startWaiting(): () => void {
    this.#change(() => (this.#waitingCalls += 1))
    return () => this.#change(() => (this.#waitingCalls -= 1))
  }

  /** Stops time as a call that waits does; the returned function lets it go on. */
  pause(): () => void {
    const close = this.openCall()
    const end = this.startWaiting()
    return () => {
      end()
      close()
    }
  }

  /** Calls back whenever time stops or goes on; the returned function takes that back. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #change(apply: () => void): void {
    const before = this.stopped
    apply()
    const now = this.#openCalls > 0 && this.#waitingCalls >= this.#openCalls
    if (now === before) return
    if (now) this.#stoppedAt = this.#clock.now()
    else {
      this.#stoppedMs = this.stoppedMs
      this.#stoppedAt = undefined
    }
    for (const listener of this.#listeners) listener()
  }
}
