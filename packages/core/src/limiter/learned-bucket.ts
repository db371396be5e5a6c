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
 * it last named, less what was started since, plus what came back since at the rate at which it was seen to come back.
 */
export class LearnedBucket {
  /** Starts that the last reading does not know of, oldest first. */
  readonly #starts: CountedStart[] = []
  #order = 0
  /** Their amounts. */
  #since = 0
  #level: number | undefined
  #readAt = 0
  #readOrder = -1
  /** Where the refill was last measured from, and what was used since. */
  #anchor: { level: number; at: number; used: number } | undefined
  /** When the last answer said that all would be there again. */
  #fullAt = Number.POSITIVE_INFINITY
  /** The level is no server's word, but what must be there by now. */
  #assumed = false
  #refillPerMs = 0
  /** The most that was ever left. */
  #capacity = 1

  /** Ms until `amount` may start; 0: now. */
  waitMs(amount: number, now: number): number {
    if (this.#level === undefined) return 0
    if (this.#refillPerMs === 0 && now >= this.#fullAt) this.#refillAt(now)
    const refilled = Math.min(this.#capacity, this.#level + this.#refillPerMs * Math.max(0, now - this.#readAt))
    const left = refilled - this.#since
    // What is more than there ever is has to be tried when all is there.
    const wanted = Math.min(amount + reserve * this.#capacity, this.#capacity)
    if (left >= wanted) return 0
    if (this.#refillPerMs > 0) return Math.max(1, (wanted - left) / this.#refillPerMs)
    return Number.isFinite(this.#fullAt) ? Math.max(1, this.#fullAt - now) : askAgainMs
  }

  /** Something starts; to be handed to `answered` with the headers of its answer. */
  started(amount: number, now: number): CountedStart {
    const start = { order: this.#order++, startedAt: now, amount }
    // A server that says nothing of a limit never tells which starts it knows of.
    if (this.#starts.length >= mostStarts) this.#forgetUntil(this.#starts[mostStarts / 2]!.order)
    this.#starts.push(start)
    this.#since += amount
    return start
  }

  /** The server counted another amount than was thought; 0 for what it refused. */
  settled(start: CountedStart, amount: number): void {
    const more = amount - start.amount
    if (start.order > this.#readOrder) this.#since += more
    else if (this.#anchor !== undefined) this.#anchor.used += more
    start.amount = amount
  }

  /** Takes in what the answer to `start` said of the limit. */
  answered({ remaining, resetMs }: RateState, start: CountedStart, now: number): void {
    if (remaining === undefined) return
    this.#capacity = Math.max(this.#capacity, remaining)
    // Answers overtake each other; only what was counted last is news.
    if (start.order <= this.#readOrder) return
    this.#forgetUntil(start.order)
    this.#level = remaining
    this.#assumed = false
    this.#readAt = start.startedAt
    if (resetMs !== undefined) this.#fullAt = now + resetMs
    this.#learn(remaining, start.startedAt)
  }

  #forgetUntil(order: number): void {
    let used = 0
    let known = 0
    for (; known < this.#starts.length && this.#starts[known]!.order <= order; known += 1) {
      used += this.#starts[known]!.amount
    }
    this.#starts.splice(0, known)
    this.#since -= used
    this.#readOrder = order
    if (this.#anchor !== undefined) this.#anchor.used += used
  }

  #learn(level: number, at: number): void {
    const anchor = (this.#anchor ??= { level, at, used: 0 })
    const span = at - anchor.at
    if (span < leastSpanMs) return
    const rate = Math.max(0, (level - anchor.level + anchor.used) / span)
    this.#refillPerMs = this.#refillPerMs === 0 ? rate : 0.7 * this.#refillPerMs + 0.3 * rate
    this.#anchor = { level, at, used: 0 }
  }

  /** All that was used before the last reading is there again; what started since may not be, unless nobody says so for long. */
  #refillAt(now: number): void {
    if (this.#assumed) this.#forgetUntil(this.#order - 1)
    this.#assumed = true
    this.#level = this.#capacity
    this.#readAt = now
    this.#fullAt = now + askAgainMs
    this.#anchor = undefined
  }
}
