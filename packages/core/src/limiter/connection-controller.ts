import { LatencyBaseline } from './latency-baseline.ts'

/** Why the number of connections changed. */
export type LimitChange = 'growth' | 'refused' | 'probe' | 'saturated'

/** Bounds of a {@link ConnectionController}. */
export interface ConnectionBounds {
  /** Greatest number of calls in flight. */
  readonly max: number
  /** Calls in flight before anything is known of the server. */
  readonly start: number
}

/** A call that was answered. */
export interface AnsweredCall {
  /** Its place among all starts. */
  readonly order: number
  readonly startedAt: number
  readonly now: number
  /** Calls in flight until it was answered, this one included. */
  readonly inFlight: number
}

/** How many more calls may be in flight for each answer, before the server has refused or slowed down. */
const growthPerAnswer = 4
/** Answers take so much longer than without load: the server does not keep up. */
const saturation = 2
/** The slow-down at which no more calls are tried until it is clear what it is. */
const growthSlowdown = 1.6
/** So many calls in flight may well be what slows a server down; fewer only if they are all that may be. */
const busy = 32
/** The slow-down at which a saturated server is left: it is busy, and little waits in its queue. */
const settledSlowdown = 1.3

/**
 * How many calls one server takes at once. It grows fast until the server refuses or slows down. After a refusal it is
 * what the server had just accepted, and then probes upwards, less often while probes are refused. Where answers slow
 * down in step with the calls in flight, it settles near the knee: by Little's law there the calls in flight are those
 * answered per ms times the latency without load.
 */
export class ConnectionController {
  readonly #bounds: ConnectionBounds
  readonly #latencies = new LatencyBaseline()
  #limit: number
  #mode: 'growing' | 'probing' | 'settled' = 'growing'
  #answers = 0
  #fullest = 0
  /** Rounds of answers before the next probe. */
  #patience = 1
  #step = 1
  #probing = false
  #now = 0
  #changedAt = 0

  constructor(bounds: ConnectionBounds) {
    this.#bounds = bounds
    this.#limit = Math.min(bounds.start, bounds.max)
  }

  get limit(): number {
    return Math.max(1, Math.floor(this.#limit))
  }

  /** A call was answered. */
  answered({ order, startedAt, now, inFlight }: AnsweredCall): LimitChange | undefined {
    this.#now = now
    this.#answers += 1
    this.#fullest = Math.max(this.#fullest, inFlight)
    // What started before the last change tells of the time before it.
    const latencyMs = now - startedAt
    const slowdown = startedAt < this.#changedAt ? undefined : this.#latencies.add({ order, latencyMs, now })
    if (this.#mode === 'growing') return this.#grow(slowdown, inFlight)
    if (this.#mode === 'settled') return this.#settle(slowdown)
    return this.#probe()
  }

  /** The server refused a call. @param accepted calls in flight when it started: those the server had taken */
  refused({ accepted }: { accepted: number }): LimitChange | undefined {
    if (accepted >= this.limit && this.#mode !== 'growing' && !this.#probing) return undefined
    const before = this.limit
    if (this.#probing) this.#patience *= 2
    this.#mode = 'probing'
    this.#probing = false
    this.#step = 1
    this.#set(Math.min(this.#limit, Math.max(1, accepted)))
    return this.limit === before ? undefined : 'refused'
  }

  #grow(slowdown: number | undefined, inFlight: number): LimitChange | undefined {
    if (slowdown !== undefined && slowdown >= saturation && inFlight >= Math.min(busy, this.limit * 0.8)) {
      this.#mode = 'settled'
      this.#set(this.#latencies.answersPerMs * this.#latencies.leastMs * settledSlowdown)
      return 'saturated'
    }
    // What is not used says nothing about the server; and one that slows down may be at its limit.
    const isUsed = inFlight >= this.limit * 0.8
    if (!isUsed || this.limit >= this.#bounds.max || this.#latencies.recentSlowdown > growthSlowdown) return undefined
    this.#limit = Math.min(this.#bounds.max, this.#limit + growthPerAnswer)
    return 'growth'
  }

  #settle(slowdown: number | undefined): LimitChange | undefined {
    if (slowdown === undefined || this.#fullest < this.limit * 0.8) return undefined
    const before = this.limit
    const used = Math.min(this.#fullest, this.limit)
    const wanted = (used * settledSlowdown) / slowdown
    this.#set(slowdown < settledSlowdown ? Math.max(used + 1, wanted) : wanted)
    return this.limit === before ? undefined : 'saturated'
  }

  #probe(): LimitChange | undefined {
    if (this.#answers < this.limit * this.#patience) return undefined
    const used = this.#fullest >= this.limit
    if (this.#probing) {
      // A whole round without a refusal: there is room, so look further.
      this.#step *= 2
      this.#patience = 1
    }
    this.#answers = 0
    this.#fullest = 0
    if (!used || this.limit >= this.#bounds.max) return undefined
    this.#probing = true
    this.#limit = Math.min(this.#bounds.max, this.limit + this.#step)
    return 'probe'
  }

  #set(limit: number): void {
    this.#limit = Math.max(1, Math.min(this.#bounds.max, limit))
    this.#answers = 0
    this.#fullest = 0
    this.#changedAt = this.#now
  }
}
