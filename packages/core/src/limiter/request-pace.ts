/** How fast the pace first grows after a refusal: it doubles in this time. */
const firstDoublingMs = 500
/** How much of what must have gathered is used: the server's burst is only known roughly. */
const usedCredit = 0.8
/** With each refusal more is known, and less is tried. */
const slowerGrowth = 16

/**
 * The pace of starts on an account that refuses by rate and does not tell its limits. There is none until the first
 * refusal; what was accepted until then is how much the server gives at once. Later refusals come when that is used up, so
 * what was accepted besides it is the rate. The pace grows ever more slowly the more often it was refused.
 */
export class RequestPace {
  #perMs: number | undefined
  #burst: number | undefined
  #accepted = 0
  #sinceAt: number | undefined
  #nextAt = 0
  #doublingMs = firstDoublingMs
  #grownAt = 0
  #resumeAt = 0
  /** What has gathered at the server while nothing started, and may start at once. */
  #credit = 0

  /** Ms until the next start; 0: now. */
  waitMs(now: number): number {
    if (this.#perMs === undefined) return 0
    return Math.max(0, (this.#credit >= 1 ? this.#resumeAt : this.#nextAt) - now)
  }

  started(now: number): void {
    this.#sinceAt ??= now
    this.#accepted += 1
    if (this.#perMs === undefined) return
    if (this.#credit >= 1) {
      this.#credit -= 1
      return
    }
    this.#perMs *= 2 ** (Math.max(0, now - this.#grownAt) / this.#doublingMs)
    this.#grownAt = now
    // A late timer is made up for, a long pause is not.
    this.#nextAt = Math.max(this.#nextAt, now - 20) + 1 / this.#perMs
  }

  /** A start was refused; the server asks to wait `retryAfterMs`, during which nothing starts. */
  refused({ now, retryAfterMs }: { now: number; retryAfterMs: number }): void {
    const resumeAt = now + retryAfterMs
    // Several refusals of one moment are one.
    if (now < this.#grownAt || (this.#perMs !== undefined && this.#accepted < 2)) {
      this.#nextAt = Math.max(this.#nextAt, resumeAt)
      this.#resumeAt = Math.max(this.#resumeAt, resumeAt)
      return
    }
    const ms = Math.max(1, now - (this.#sinceAt ?? now))
    const accepted = Math.max(1, this.#accepted - 1)
    const least = accepted / (ms + retryAfterMs)
    if (this.#burst === undefined) this.#burst = accepted
    else this.#doublingMs *= slowerGrowth
    this.#perMs = Math.max(least, (accepted - this.#burst) / ms)
    this.#accepted = 0
    this.#sinceAt = resumeAt
    this.#grownAt = resumeAt
    this.#nextAt = resumeAt
    this.#resumeAt = resumeAt
    this.#credit = usedCredit * Math.min(this.#burst, this.#perMs * retryAfterMs)
  }
}
