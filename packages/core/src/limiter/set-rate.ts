const minuteMs = 60_000
/** A late timer is made up for, a pause is not. */
const madeUpMs = 20

/** A rate that the user has set: what starts is spread evenly over time. */
export class SetRate {
  #perMinute: number | undefined
  #nextAt = Number.NEGATIVE_INFINITY

  /** `undefined`: none. */
  set perMinute(perMinute: number | undefined) {
    this.#perMinute = perMinute
  }

  /** Ms until something may start; 0: now. */
  waitMs(now: number): number {
    return this.#perMinute === undefined ? 0 : Math.max(0, this.#nextAt - now)
  }

  started(amount: number, now: number): void {
    if (this.#perMinute === undefined) return
    this.#nextAt = Math.max(this.#nextAt, now - madeUpMs) + (amount * minuteMs) / this.#perMinute
  }

  /** What started was `more` than was thought, or less. */
  settled(more: number, now: number): void {
    if (more > 0) this.started(more, now)
    else if (this.#perMinute !== undefined) this.#nextAt += (more * minuteMs) / this.#perMinute
  }
}
