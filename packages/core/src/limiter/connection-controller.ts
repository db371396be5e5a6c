import { AnswerRate } from './answer-rate.ts'
import { LatencyReadings } from './latency-readings.ts'
import { SaturationSearch, settledSlowdown } from './saturation-search.ts'

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

/** A call that was refused. */
export interface RefusedCall {
  /** Its place among all starts. */
  readonly order: number
  /** That of the next one. */
  readonly nextOrder: number
  /** Calls in flight when it started: those the server had taken. */
  readonly accepted: number
  readonly now: number
  /** How long nothing may start because of it. */
  readonly pauseMs: number
}

/** How many more calls may be in flight for each answer, before the server has refused or slowed down. */
const growthPerAnswer = 3
/** The same, where some of the calls that filled the limit have just ended and are not replaced yet. */
const growthWhenRefilling = 2
/** Before it is known how long answers take, at most so many times the calls of the start. */
const mostBlindGrowth = 4
/** Where answers take this many times as long as they ever did, perhaps the server does not keep up. */
const suspicious = 1.6
/** How well a median has to be known to tell that, and to tell whether a saturated server has room again. */
const growingError = 0.13
const settledError = 0.07
/** Below this slow-down it has. */
const room = (1 + settledSlowdown) / 2
/**
 * After a refusal that makes all calls pause, the next probe waits for a multiple of that pause. Where a probe was refused it
 * is this one; else it is as many as calls were accepted, up to this one: where few are, one more is worth more.
 */
const probeRest = 20
/** A limit of which less is used says nothing about the server. */
const usedShare = 0.8

/**
 * How many calls one server takes at once. It grows fast until the server refuses or slows down. After a refusal it is
 * what the server had just accepted, and then probes upwards, less often while probes are refused. Where answers slow
 * down, a {@link SaturationSearch} finds out why, and where to settle.
 */
export class ConnectionController {
  readonly #bounds: ConnectionBounds
  readonly #rate = new AnswerRate()
  #limit: number
  #mode: 'growing' | 'probing' | 'searching' | 'settled' = 'growing'
  #search: SaturationSearch | undefined
  #latencies = new LatencyReadings(growingError)
  /** Of the calls that started before the last change. */
  #older = this.#latencies
  /** The least median latency. */
  #leastMs = Number.POSITIVE_INFINITY
  /** What answers of late take; of the logarithm, so that a few long ones do not matter. */
  #recentLogMs: number | undefined
  #answers = 0
  #fullest = 0
  /** Rounds of answers before the next probe. */
  #patience = 1
  #step = 1
  #probing = false
  #probeFrom = 0
  /** The first call that started after the last refusal. */
  #cutOrder = 0
  #now = 0
  #changedAt = 0
  /** When so many calls were last in flight that the limit held others back. */
  #fullAt = Number.NEGATIVE_INFINITY

  constructor(bounds: ConnectionBounds) {
    this.#bounds = bounds
    this.#limit = Math.min(bounds.start, bounds.max)
  }

  get limit(): number {
    return Math.max(1, Math.floor(this.#limit))
  }

  /** Calls in flight that are no probe. */
  get proven(): number {
    return this.#probing ? Math.max(1, this.limit - this.#step) : this.limit
  }

  /** Calls are in flight, and for a while none has ended: whoever answers slowly may still take more. */
  unanswered(): LimitChange | undefined {
    if (this.#mode !== 'growing' || this.limit >= this.#mostBlind) return undefined
    this.#limit = Math.min(this.#mostBlind, 2 * this.#limit)
    return 'growth'
  }

  /** A call was answered. */
  answered({ order, startedAt, now, inFlight }: AnsweredCall): LimitChange | undefined {
    this.#now = now
    this.#answers += 1
    this.#fullest = Math.max(this.#fullest, inFlight)
    if (this.#mode === 'probing') return this.#probe()
    const latencyMs = Math.max(1, now - startedAt)
    this.#rate.add(now)
    this.#recentLogMs = 0.9 * (this.#recentLogMs ?? Math.log(latencyMs)) + 0.1 * Math.log(latencyMs)
    // What started before the last change tells of the time before it.
    if (startedAt < this.#changedAt) {
      const medianMs = this.#older.add(order, latencyMs)
      if (medianMs !== undefined) this.#search?.sawBefore(medianMs)
      return undefined
    }
    const medianMs = this.#latencies.add(order, latencyMs)
    const change = medianMs === undefined ? undefined : this.#read(medianMs)
    return change ?? (this.#mode === 'growing' ? this.#grow(inFlight, startedAt) : undefined)
  }

  /** The server refuses calls where it took as many before: it is not their number. */
  contradicts({ order, accepted }: RefusedCall): boolean {
    return this.#mode === 'probing' && order >= this.#cutOrder && accepted < this.proven
  }

  /** The server refused a call. */
  refused({ accepted, nextOrder, now, pauseMs }: RefusedCall): LimitChange | undefined {
    if (accepted >= this.limit && this.#mode !== 'growing' && !this.#probing) return undefined
    const before = this.limit
    if (this.#probing) this.#patience *= 2
    this.#now = now
    this.#cutOrder = nextOrder
    this.#probeFrom = now + pauseMs * (this.#probing ? probeRest : Math.min(probeRest, accepted))
    this.#mode = 'probing'
    this.#search = undefined
    this.#probing = false
    this.#step = 1
    this.#set(Math.min(this.#limit, Math.max(1, accepted)))
    return this.limit === before ? undefined : 'refused'
  }

  /** Until it is known how long answers take. */
  get #mostBlind(): number {
    return Math.min(this.#bounds.max, mostBlindGrowth * this.#bounds.start)
  }

  #grow(inFlight: number, startedAt: number): LimitChange | undefined {
    const isKnown = Number.isFinite(this.#leastMs)
    // One that slows down may be at its limit.
    if (isKnown && Math.exp(this.#recentLogMs ?? 0) > suspicious * this.#leastMs) return undefined
    const max = isKnown ? this.#bounds.max : this.#mostBlind
    const isFull = inFlight >= this.limit * usedShare
    if (isFull) this.#fullAt = this.#now
    if (startedAt > this.#fullAt || this.limit >= max) return undefined
    this.#limit = Math.min(max, this.#limit + (isFull ? growthPerAnswer : growthWhenRefilling))
    return 'growth'
  }

  /** Takes in how long answers take. */
  #read(medianMs: number): LimitChange | undefined {
    if (this.#search !== undefined) return this.#follow(this.#search, medianMs)
    this.#leastMs = Math.min(this.#leastMs, medianMs)
    if (this.#fullest < this.limit * usedShare) return undefined
    const slowdown = medianMs / this.#leastMs
    const expected = this.#mode === 'settled' ? settledSlowdown : 1
    if (slowdown >= suspicious * expected && this.limit > 1) {
      const inFlight = Math.min(this.limit, this.#fullest)
      this.#search = new SaturationSearch({ inFlight, medianMs, perMs: this.#rate.perMs }, this.#leastMs)
      this.#mode = 'searching'
      this.#set(this.#search.limit, this.#search.error)
      return 'probe'
    }
    if (this.#mode !== 'settled') return undefined
    if (slowdown >= room || this.limit >= this.#bounds.max) {
      this.#step = 1
      return undefined
    }
    this.#set(this.#limit * (1 + 0.1 * this.#step))
    this.#step *= 2
    return 'probe'
  }

  #follow(search: SaturationSearch, medianMs: number): LimitChange {
    const { limit, found } = search.read(medianMs)
    this.#leastMs = found === 'slower' ? medianMs : Math.min(this.#leastMs, medianMs)
    if (found === undefined) {
      this.#set(limit, search.error)
      return 'saturated'
    }
    this.#search = undefined
    this.#recentLogMs = Math.log(medianMs)
    this.#step = 1
    this.#mode = found === 'slower' ? 'growing' : 'settled'
    this.#set(limit, found === 'slower' ? growingError : settledError)
    return found === 'slower' ? 'probe' : 'saturated'
  }

  #probe(): LimitChange | undefined {
    if (this.#answers < this.limit * this.#patience || this.#now < this.#probeFrom) return undefined
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

  #set(limit: number, error: number = settledError): void {
    this.#limit = Math.max(1, Math.min(this.#bounds.max, limit))
    this.#answers = 0
    this.#fullest = 0
    this.#changedAt = this.#now
    this.#older = this.#latencies
    this.#latencies = this.#older.next(error)
  }
}
