import type { RateState } from './rate-headers.ts'

/** A start as a server counts it. */
export interface CountedStart {
  readonly order: number
  readonly startedAt: number
  amount: number
}

/** Least time between two readings from which a refill rate is taken. */
const leastSpanMs = 100

/** Share of a limit that stays unused: what servers count is only nearly known, and a full bucket costs nothing. */
const reserve = 0.05

/** More calls than are ever in flight. */
const mostStarts = 4096

/** When nothing tells how fast a limit refills, ask again so often. */
const askAgainMs = 1000

/**
 * What a server still allows of one rate limit (requests or tokens), learned from the headers of its answers: the amount
 * it last named, and from there on what must have come back at the rate at which it was seen to come back, but never more
 * than there ever was, less what was started since.
 */
export class LearnedBucket {
  /** Starts that the last reading does not know of, oldest first. */
  readonly #starts: CountedStart[] = []
  #order = 0
  #readOrder = -1
  /** What is left after the last start; `undefined` until a server has told. */
  #level: number | undefined
  #levelAt = 0
  /** Where the refill was last measured from, and what was used since. */
  #anchor: { level: number; at: number; used: number } | undefined
  /** When the last answer said that all would be there again. */
  #fullAt = Number.POSITIVE_INFINITY
  /** The level is no server's word, but what must be there by now. */
  #assumed = false
  #refillPerMs = 0
  /** The most that ever was there. */
  #capacity = 1

  /** Ms until `amount` may start; 0: now. */
  waitMs(amount: number, now: number): number {
    if (this.#level === undefined) return 0
    if (now >= this.#fullAt) this.#refillAt(now)
    const left = this.#leftAt(now)
    // What is more than there ever is has to be tried when all is there.
    const wanted = Math.min(amount + reserve * this.#capacity, this.#capacity)
    if (left >= wanted) return 0
    const refillMs = this.#refillPerMs > 0 ? (wanted - left) / this.#refillPerMs : Number.POSITIVE_INFINITY
    const waitMs = Math.min(refillMs, this.#fullAt - now)
    return Number.isFinite(waitMs) ? Math.max(1, waitMs) : askAgainMs
  }

  /** Something starts; to be handed to `answered` with the headers of its answer. */
  started(amount: number, now: number): CountedStart {
    const start = { order: this.#order++, startedAt: now, amount }
    // A server that says nothing of a limit never tells which starts it knows of.
    if (this.#starts.length >= mostStarts) this.#forgetUntil(this.#starts[mostStarts / 2]!.order)
    this.#starts.push(start)
    this.#take(start)
    return start
  }

  /** The server counted another amount than was thought; 0 for what it refused. */
  settled(start: CountedStart, amount: number): void {
    const more = amount - start.amount
    start.amount = amount
    if (start.order <= this.#readOrder) {
      if (this.#anchor !== undefined) this.#anchor.used += more
    } else if (this.#level !== undefined) this.#level -= more
  }

  /** Takes in what the answer to `start` said of the limit. */
  answered(state: RateState, start: CountedStart, now: number): void {
    const { remaining, resetMs } = state
    if (remaining === undefined) return
    this.#capacity = Math.max(this.#capacity, remaining)
    // Answers overtake each other; only what was counted last is news.
    if (start.order <= this.#readOrder) return
    this.#forgetUntil(start.order)
    this.#assumed = false
    if (resetMs !== undefined) this.#fullAt = now + resetMs
    this.#learn(remaining, start)
    this.#learnFromFull(state, start)
    this.#level = remaining
    this.#levelAt = start.startedAt
    for (const later of this.#starts) this.#take(later)
  }

  #leftAt(now: number): number {
    return Math.min(this.#capacity, (this.#level ?? 0) + this.#refillPerMs * Math.max(0, now - this.#levelAt))
  }

  #take({ startedAt, amount }: CountedStart): void {
    if (this.#level === undefined) return
    this.#level = this.#leftAt(startedAt) - amount
    this.#levelAt = startedAt
  }

  #forgetUntil(order: number): void {
    let used = 0
    let known = 0
    for (; known < this.#starts.length && this.#starts[known]!.order <= order; known += 1) {
      used += this.#starts[known]!.amount
    }
    this.#starts.splice(0, known)
    this.#readOrder = order
    if (this.#anchor !== undefined) this.#anchor.used += used
  }

  #learn(level: number, { startedAt }: CountedStart): void {
    const anchor = (this.#anchor ??= { level, at: startedAt, used: 0 })
    const span = startedAt - anchor.at
    if (span < leastSpanMs) return
    const rate = Math.max(0, (level - anchor.level + anchor.used) / span)
    this.#refillPerMs = this.#refillPerMs === 0 ? rate : 0.7 * this.#refillPerMs + 0.3 * rate
    this.#anchor = { level, at: startedAt, used: 0 }
  }

  /** A bucket that was full when the call came was not seen to refill, but says how long what the call took needs. */
  #learnFromFull({ limit, remaining = 0, resetMs = 0 }: RateState, { amount }: CountedStart): void {
    if (limit === undefined || resetMs <= 0 || remaining + amount < limit) return
    this.#capacity = Math.max(this.#capacity, limit)
    this.#refillPerMs = Math.max(this.#refillPerMs, (limit - remaining) / resetMs)
  }

  /** All that was used before the last reading is there again; what started since may not be, unless nobody says so for long. */
  #refillAt(now: number): void {
    const isStale = this.#assumed && this.#refillPerMs === 0
    if (isStale) this.#forgetUntil(this.#order - 1)
    const since = this.#starts.reduce((sum, { amount }) => sum + amount, 0)
    this.#level = Math.max(this.#leftAt(now), this.#capacity - since)
    this.#levelAt = now
    this.#assumed = true
    this.#fullAt = this.#refillPerMs === 0 ? now + askAgainMs : Number.POSITIVE_INFINITY
    this.#anchor = undefined
  }
}
