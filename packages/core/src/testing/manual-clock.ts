import type { Clock } from '../clock.ts'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** A clock that stands still until a test moves it. Its wall clock starts at 2026-01-02T03:04:05.000Z. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>()
  #now = 0

  /** How many callbacks are waiting. */
  get waiting(): number {
    return this.#timers.size
  }

  now(): number {
    return this.#now
  }

  date(): Date {
    return new Date(Date.UTC(2026, 0, 2, 3, 4, 5) + this.#now)
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Lets `ms` milliseconds pass; callbacks that fall due are called at their time, in order. */
  advance(ms: number): void {
    const end = this.#now + ms
    let due = this.#nextDue(end)
    while (due !== undefined) {
      this.#timers.delete(due)
      this.#now = due.at
      due.callback()
      due = this.#nextDue(end)
    }
    this.#now = end
  }

  #nextDue(end: number): Timer | undefined {
    return [...this.#timers].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0]
  }
}
