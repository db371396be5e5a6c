import PQueue from 'p-queue'
import type { Clock } from '../clock.ts'
import { checkAccountLimits, type AccountLimits } from './account-limits.ts'
import { AccountRates, type RatedStart } from './account-rates.ts'
import { Circuit } from './circuit.ts'
import { ConnectionController, type LimitChange } from './connection-controller.ts'
import { FairQueue, type Turn } from './fair-queue.ts'
import { LaunchPace } from './launch-pace.ts'
import type { CallOutcome, Slot, SlotRequest } from './limiter.ts'
import { circuitOpen, pausedTooLong } from './slot-errors.ts'
import { WaitingCalls } from './waiting-calls.ts'

/** Settings of a {@link KeyLimiter}. */
export interface KeyLimiterOptions {
  readonly clock: Clock
  readonly maxConnections: number
  readonly startConnections: number
  /** Most starts in one turn of the event loop beyond what was ever answered. */
  readonly untriedPerTurn: number
  /** Told of each change of the number of connections. */
  readonly onChange: (change: LimitChange, connections: number) => void
}

/** A server that asks to wait so long means all calls of the account. */
const leastPauseMs = 1000

/** When no call has ended for so long, twice as many are tried. */
const unansweredMs = 2000

/** The limits of one account on one model: connections, requests and tokens per minute, and whether it is up at all. */
export class KeyLimiter {
  readonly #options: KeyLimiterOptions
  readonly #queue: PQueue<FairQueue, Turn & { readonly signal?: AbortSignal }>
  /** What p-queue starts next. */
  readonly #order = new FairQueue()
  readonly #waiting: WaitingCalls
  readonly #connections: ConnectionController
  readonly #launches = new LaunchPace()
  readonly #rates = new AccountRates()
  readonly #circuit: Circuit
  /** The server has asked for pauses: it may count calls by time, whatever their number at once. */
  #asksForPauses = false
  /** As the user sets it. */
  #mostConnections = Number.POSITIVE_INFINITY
  #cancelTimer: (() => void) | undefined
  #cancelBlind: (() => void) | undefined
  #pumping = false
  /** Calls that have started so far. */
  #started = 0
  /** The most calls in flight with which one was answered. */
  #mostAnswered = 0
  /** Starts beyond that in this turn of the event loop. */
  #untried = 0

  constructor(options: KeyLimiterOptions) {
    const order = this.#order
    this.#options = options
    this.#waiting = new WaitingCalls(options.clock)
    this.#connections = new ConnectionController({ max: options.maxConnections, start: options.startConnections })
    this.#circuit = new Circuit(options.clock, () => this.#circuitChanged())
    this.#queue = new PQueue({
      autoStart: false,
      // p-queue makes its own queue; this one can be looked into.
      queueClass: class {
        constructor() {
          return order
        }
      } as unknown as new () => FairQueue,
    })
    // Told when a place in it is free again.
    this.#queue.addEventListener('next', () => this.#pump())
  }

  get connections(): number {
    return Math.min(this.#connections.limit, this.#mostConnections)
  }

  /** The server is taken to be down. */
  get down(): boolean {
    return this.#circuit.isOpen
  }

  get inFlight(): number {
    return this.#queue.pending
  }

  get waiting(): number {
    return this.#queue.size
  }

  acquire(request: SlotRequest): Promise<Slot> {
    const { estimate, limits, priority, group = '', failFast, deadlineMs = Number.POSITIVE_INFINITY, signal } = request
    signal?.throwIfAborted()
    if (limits !== undefined) this.#set(limits)
    if (failFast === true && this.#circuit.waitMs() > 0) throw circuitOpen()
    const pausedMs = this.#rates.pausedMs(this.#options.clock.now())
    if (pausedMs > deadlineMs) throw pausedTooLong(pausedMs, deadlineMs)
    const { promise, resolve, reject } = Promise.withResolvers<Slot>()
    const tokens = this.#rates.tokensOf(estimate)
    const { left, end } = this.#waiting.add(request)
    this.#queue
      .add(
        () => {
          end()
          return this.#start(tokens, resolve)
        },
        { priority: priority === 'begun' ? 1 : 0, group, tokens, signal: left },
      )
      .catch((error: unknown) => {
        end()
        reject(error)
        this.#pump()
      })
    this.#pump()
    return promise
  }

  #set(limits: AccountLimits): void {
    checkAccountLimits(limits)
    this.#mostConnections = limits.maxConnections ?? Number.POSITIVE_INFINITY
    this.#rates.set(limits)
  }

  /** The server is taken to be down, or to be back. */
  #circuitChanged(): void {
    if (this.#circuit.isOpen) this.#waiting.circuitOpened()
    this.#pump()
  }

  /** Occupies a place in p-queue until the call has ended. */
  #start(tokens: number, resolve: (slot: Slot) => void): Promise<void> {
    const now = this.#options.clock.now()
    const accepted = this.#queue.pending - 1
    const probe = this.#circuit.isOpen
    this.#launches.started(now)
    if (this.#started === 0) this.#growBlindly()
    const started = { order: this.#started++, accepted, rated: this.#rates.started(tokens, now) }
    const { promise, resolve: end } = Promise.withResolvers<void>()
    const watched = Promise.withResolvers<void>()
    this.#circuit.watch(watched.promise)
    resolve({
      probe,
      release: (outcome) => {
        if (outcome.result === 'failed' || (probe && outcome.result === 'aborted')) watched.reject(outcome.result)
        else watched.resolve()
        try {
          this.#learn(outcome, started)
        } finally {
          end()
        }
      },
    })
    return promise
  }

  /** The first answers may take minutes. */
  #growBlindly(): void {
    this.#cancelBlind = this.#options.clock.after(unansweredMs, () => {
      const change = this.#connections.unanswered()
      if (change === undefined) return
      this.#options.onChange(change, this.#connections.limit)
      this.#growBlindly()
      this.#pump()
    })
  }

  #learn(outcome: CallOutcome, started: StartedCall): void {
    this.#cancelBlind?.()
    this.#cancelBlind = undefined
    const { clock, onChange } = this.#options
    const now = clock.now()
    this.#rates.ended(outcome, started.rated, now)
    const change = this.#connectionsAfter(outcome, started, now)
    if (outcome.result === 'refused') this.#waiting.paused(this.#rates.pausedMs(now))
    if (change !== undefined) onChange(change, this.connections)
  }

  #connectionsAfter(outcome: CallOutcome, started: StartedCall, now: number): LimitChange | undefined {
    const { result, durationMs } = outcome
    const { order, accepted, rated } = started
    if (result === 'answered') {
      this.#launches.answered(durationMs)
      this.#mostAnswered = Math.max(this.#mostAnswered, accepted)
      const inFlight = this.#queue.pending
      return this.#connections.answered({ order, startedAt: now - durationMs, now, inFlight })
    }
    if (result !== 'refused') return undefined
    const { retryAfterMs = 0 } = outcome.limits ?? {}
    const pauseMs = retryAfterMs < leastPauseMs ? 0 : retryAfterMs
    const refused = { order, nextOrder: this.#started, accepted, now, pauseMs }
    const below = accepted < this.#mostAnswered * 0.8 || this.#connections.contradicts(refused)
    if (this.#rates.refusedByRate(outcome, rated, { now, below })) return undefined
    this.#rates.pause(now, pauseMs)
    this.#asksForPauses ||= pauseMs > 0
    return this.#connections.refused(refused)
  }

  /** Starts what may start now, and sets a timer for what may start later. */
  #pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    while (this.#order.size > 0 && this.#queue.pending < this.connections && this.#isTried()) {
      const waitMs = this.#waitMs()
      if (waitMs > 0) {
        if (Number.isFinite(waitMs)) this.#cancelTimer = this.#options.clock.after(waitMs, () => this.#pump())
        break
      }
      if (this.#queue.pending >= this.#mostAnswered) this.#countUntried()
      this.#queue.concurrency = this.#queue.pending + 1
      this.#queue.start()
      this.#queue.pause()
    }
    this.#pumping = false
  }

  #isTried(): boolean {
    return this.#untried < this.#options.untriedPerTurn || this.#queue.pending < this.#mostAnswered
  }

  #countUntried(): void {
    if (this.#options.untriedPerTurn === Number.POSITIVE_INFINITY || this.#untried++ > 0) return
    this.#options.clock.after(0, () => {
      this.#untried = 0
      this.#pump()
    })
  }

  #waitMs(): number {
    const now = this.#options.clock.now()
    return Math.max(
      this.#circuit.waitMs(),
      this.#rates.waitMs(this.#order.peek()?.tokens ?? 0, now),
      this.#launches.waitMs(now, this.connections),
      this.#probeWaitMs(now),
    )
  }

  /** A probe close to another start could be refused for that, and would not tell whether one more is taken at once. */
  #probeWaitMs(now: number): number {
    if (!this.#asksForPauses || this.#queue.pending < this.#connections.proven) return 0
    return this.#launches.apartMs(now, this.connections)
  }
}

interface StartedCall {
  /** Its place among all starts. */
  readonly order: number
  /** Calls in flight when it started. */
  readonly accepted: number
  readonly rated: RatedStart
}
