/** Starts per ms before anything is known; the rate doubles while nothing is refused. */
const firstRate = 0.5
const doublingMs = 25
const mostRate = 50
const leastRate = 0.02

/**
 * Spreads starts over time instead of sending them in one burst: a refusal then comes back before many more calls are
 * refused too.
 */
export class LaunchPace {
  #beganAt: number | undefined
  #allowance = 1
  #at = 0
  #latencyMs: number | undefined
  #startedAt = 0

  /**
   * Ms until the next start; 0: now.
   * @param limit calls that may be in flight
   */
  waitMs(now: number, limit: number): number {
    this.#refill(now, limit)
    return this.#allowance >= 1 ? 0 : Math.max(1, (1 - this.#allowance) / this.#rate(now, limit))
  }

  started(now: number): void {
    this.#startedAt = now
    this.#allowance -= 1
  }

  answered(latencyMs: number): void {
    this.#latencyMs = this.#latencyMs === undefined ? latencyMs : 0.9 * this.#latencyMs + 0.1 * latencyMs
  }

  #refill(now: number, limit: number): void {
    if (this.#beganAt === undefined) {
      this.#beganAt = now
      this.#at = now
    }
    const rate = this.#rate(now, limit)
    // A timer is late by a ms or two; what it missed may start at once, but no more.
    this.#allowance = Math.min(Math.max(1, 2 * rate), this.#allowance + (now - this.#at) * rate)
    this.#at = now
  }

  /** Ms until the last start is half as long ago as evenly spread starts are apart. */
  apartMs(now: number, limit: number): number {
    return Math.max(0, this.#startedAt + (this.#latencyMs ?? 0) / (2 * limit) - now)
  }

  /** Starts per ms: all that may be in flight within a quarter of an answer's time. */
  #rate(now: number, limit: number): number {
    if (this.#latencyMs !== undefined) return Math.max(leastRate, (4 * limit) / Math.max(1, this.#latencyMs))
    return Math.min(mostRate, firstRate * 2 ** ((now - (this.#beganAt ?? now)) / doublingMs))
  }
}
