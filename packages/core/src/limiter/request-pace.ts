/** How fast the pace first grows after a refusal: it doubles in this time. */
const firstDoublingMs = 500
/** After later ones it doubles in at least this many times the time looked back at, times √(calls counted in it). */
const countedDoubling = 6
/** With each refusal more is known, and less is tried. */
const slowerGrowth = 2
/** From this share of the pace that was refused last on, it grows this many times more slowly still. */
const nearCeiling = 0.95
const nearGrowth = 6
/** How much of what must have gathered is used: the server's burst is only known roughly. */
const usedCredit = 0.8
/** So few starts at a pace, after more on credit, say nothing of it. */
const few = 5
/** Starts that are looked back at. */
const mostStarts = 4096

/**
 * The pace of starts on an account that refuses by rate and does not tell its limits. There is none until the first
 * refusal; what was accepted until then is how much the server gives at once. At a later refusal that is used up, so what
 * was accepted besides it, in whatever time one looks back, is no more than the rate gave: the most of these is the pace.
 * It grows ever more slowly the more often it was refused.
 */
export class RequestPace {
  #perMs: number | undefined
  /** Calls that were accepted until the first refusal, and the time they took. */
  #burst: { readonly calls: number; readonly ms: number } | undefined
  /** The pace that was refused last. */
  #ceiling = Number.POSITIVE_INFINITY
  /** Starts since the last pause, and how long that was. */
  #starts: number[] = []
  #pausedMs = 0
  #nextAt = 0
  #doublingMs = firstDoublingMs
  #grownAt = 0
  #resumeAt = 0
  /** What has gathered at the server while nothing started, and may start at once. */
  #credit = 0
  /** Starts since the last pause besides those on credit. */
  #paced = 0

  /** Ms until the next start; 0: now. */
  waitMs(now: number): number {
    return Math.max(0, (this.#perMs === undefined || this.#credit >= 1 ? this.#resumeAt : this.#nextAt) - now)
  }

  /** Ms for which the server has asked that nothing starts. */
  pausedMs(now: number): number {
    return Math.max(0, this.#resumeAt - now)
  }

  started(now: number): void {
    this.#starts.push(now)
    if (this.#starts.length > mostStarts) this.#starts.splice(0, mostStarts / 2)
    if (this.#perMs === undefined) return
    if (this.#credit >= 1) {
      this.#credit -= 1
      return
    }
    this.#paced += 1
    const doublingMs = this.#doublingMs * (this.#perMs > nearCeiling * this.#ceiling ? nearGrowth : 1)
    this.#perMs *= 2 ** (Math.max(0, now - this.#grownAt) / doublingMs)
    this.#grownAt = now
    // A late timer is made up for, a long pause is not.
    this.#nextAt = Math.max(this.#nextAt, now - 20) + 1 / this.#perMs
  }

  /** Nothing starts for so long, whatever the pace. */
  pause(now: number, ms: number): void {
    this.#resumeAt = Math.max(this.#resumeAt, now + ms)
    this.#nextAt = Math.max(this.#nextAt, now + ms)
    if (this.#starts.length < 2) return this.#forgetOne()
    this.#burst ??= this.#since(now)
    this.#starts = []
    this.#pausedMs = ms
  }

  /** One more of the calls that had started by then was not accepted after all. */
  #forgetOne(): void {
    if (this.#perMs !== undefined || this.#burst === undefined) return
    this.#burst = { ...this.#burst, calls: Math.max(1, this.#burst.calls - 1) }
  }

  /** A start was refused by rate; the server asks to wait `retryAfterMs`, during which nothing starts. */
  refused({ now, retryAfterMs }: { now: number; retryAfterMs: number }): void {
    const resumeAt = now + retryAfterMs
    // Several refusals of one moment are one.
    if (now < this.#grownAt || (this.#perMs !== undefined && this.#starts.length < 2)) {
      this.#nextAt = Math.max(this.#nextAt, resumeAt)
      this.#resumeAt = Math.max(this.#resumeAt, resumeAt)
      return
    }
    this.#learn(now, retryAfterMs)
    this.#starts = []
    this.#pausedMs = retryAfterMs
    this.#grownAt = resumeAt
    this.#nextAt = resumeAt
    this.#resumeAt = resumeAt
    this.#paced = 0
    this.#credit = usedCredit * Math.min(this.#burstBesides(this.#perMs ?? 0), (this.#perMs ?? 0) * retryAfterMs)
  }

  /** Calls accepted since the last pause, and the time they took. */
  #since(now: number): { calls: number; ms: number } {
    return { calls: Math.max(1, this.#starts.length - 1), ms: Math.max(1, now - (this.#starts[0] ?? now)) }
  }

  #learn(now: number, retryAfterMs: number): void {
    const { calls, ms } = this.#since(now)
    if (this.#burst === undefined) {
      this.#burst = { calls, ms }
      this.#perMs = calls / (ms + retryAfterMs)
      return
    }
    if (this.#perMs !== undefined && this.#paced < Math.min(few, calls / 2)) {
      // Less had gathered than was thought; of the pace that says nothing.
      this.#burst = { calls: Math.max(1, calls - this.#perMs * ms), ms: 0 }
      return
    }
    if (this.#perMs !== undefined) {
      this.#ceiling = this.#perMs
      this.#doublingMs = Math.max(slowerGrowth * this.#doublingMs, countedDoubling * ms * Math.sqrt(calls))
    }
    const least = Math.max(calls / (ms + this.#pausedMs), this.#rateBesides(this.#burst.calls, now))
    const besides = this.#rateBesides(this.#burstBesides(least), now)
    this.#perMs = Math.min(this.#ceiling, Math.max(least, besides))
  }

  /** How much the server gives at once: some of what it had taken until the first refusal was given by the rate. */
  #burstBesides(perMs: number): number {
    return this.#burst === undefined ? 0 : Math.max(1, this.#burst.calls - perMs * this.#burst.ms)
  }

  /** The most calls per ms, besides a burst, in any time until now. */
  #rateBesides(burst: number, now: number): number {
    const { length } = this.#starts
    return this.#starts.reduce(
      (most, startedAt, index) => Math.max(most, (length - 1 - index - burst) / Math.max(1, now - startedAt)),
      0,
    )
  }
}
