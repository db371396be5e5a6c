import PQueue from 'p-queue'
import type { Clock } from '../clock.ts'
import { EvalsError } from '../errors.ts'
import { Circuit } from './circuit.ts'
import { ConnectionController, type LimitChange } from './connection-controller.ts'
import { keyRefused } from './key-refused.ts'
import { FairQueue, type Turn } from './fair-queue.ts'
import { LaunchPace } from './launch-pace.ts'
import { LearnedBucket, type CountedStart } from './learned-bucket.ts'
import type { CallOutcome, Slot, SlotRequest } from './limiter.ts'
import { RequestPace } from './request-pace.ts'

/** A server that asks to wait so long refuses by rate: all calls of the account have to wait. */
const rateRefusalMs = 1000

/** Settings of a {@link KeyLimiter}. */
export interface KeyLimiterOptions {
  readonly clock: Clock
  readonly maxConnections: number
  readonly startConnections: number
  /** Told of each change of the number of connections. */
  readonly onChange: (change: LimitChange, connections: number) => void
}

/** The limits of one account on one model: connections, requests and tokens per minute, and whether it is up at all. */
export class KeyLimiter {
  readonly #options: KeyLimiterOptions
  readonly #queue: PQueue<FairQueue, Turn & { readonly signal?: AbortSignal }>
  readonly #waiting = new FairQueue()
  readonly #connections: ConnectionController
  readonly #launches = new LaunchPace()
  readonly #requests = new LearnedBucket()
  readonly #tokens = new LearnedBucket()
  readonly #pace = new RequestPace()
  readonly #circuit: Circuit
  /** Aborts what waits once the account's key has turned out to be wrong: the next ten thousand would fail alike. */
  readonly #denied = new AbortController()
  #outputTokens = 0
  #cancelTimer: (() => void) | undefined
  #pumping = false
  #order = 0
  /** The most calls in flight with which one was answered. */
  #mostAnswered = 0

  constructor(options: KeyLimiterOptions) {
    const waiting = this.#waiting
    this.#options = options
    this.#connections = new ConnectionController({ max: options.maxConnections, start: options.startConnections })
    this.#circuit = new Circuit(options.clock)
    this.#queue = new PQueue({
      autoStart: false,
      // p-queue makes its own queue; this one can be looked into.
      queueClass: class {
        constructor() {
          return waiting
        }
      } as unknown as new () => FairQueue,
    })
    // Told when a place in it is free again.
    this.#queue.addEventListener('next', () => this.#pump())
  }

  get connections(): number {
    return this.#connections.limit
  }

  get inFlight(): number {
    return this.#queue.pending
  }

  get waiting(): number {
    return this.#queue.size
  }

  acquire({ estimate, priority, group = '', failFast, deadlineMs, signal }: SlotRequest): Promise<Slot> {
    signal?.throwIfAborted()
    this.#denied.signal.throwIfAborted()
    if (failFast === true && this.#circuit.waitMs() > 0) throw circuitOpen()
    const { promise, resolve, reject } = Promise.withResolvers<Slot>()
    const { clock } = this.#options
    const tokens = estimate.inputTokens + Math.min(estimate.maxOutputTokens ?? this.#outputTokens, this.#outputTokens)
    const late = new AbortController()
    const cancelDeadline =
      deadlineMs === undefined ? () => {} : clock.after(deadlineMs, () => late.abort(tooLate(deadlineMs)))
    const signals = [
      this.#denied.signal,
      ...(signal === undefined ? [] : [signal]),
      ...(deadlineMs === undefined ? [] : [late.signal]),
    ]
    this.#queue
      .add(
        () => {
          cancelDeadline()
          return this.#start(tokens, resolve)
        },
        {
          priority: priority === 'begun' ? 1 : 0,
          group,
          tokens,
          signal: signals.length === 1 ? this.#denied.signal : AbortSignal.any(signals),
        },
      )
      .catch((error: unknown) => {
        cancelDeadline()
        // A call under way ends by its own means; this is only heard of one that waits.
        reject(signal?.aborted === true ? signal.reason : error)
        this.#pump()
      })
    this.#pump()
    return promise
  }

  /** Occupies a place in p-queue until the call has ended. */
  #start(tokens: number, resolve: (slot: Slot) => void): Promise<void> {
    const now = this.#options.clock.now()
    const accepted = this.#queue.pending - 1
    const probe = this.#circuit.isOpen
    this.#launches.started()
    this.#pace.started(now)
    const order = this.#order++
    const started = {
      order,
      accepted,
      amount: tokens,
      request: this.#requests.started(1, now),
      tokens: this.#tokens.started(tokens, now),
    }
    const { promise, resolve: end } = Promise.withResolvers<void>()
    const watched = Promise.withResolvers<void>()
    this.#circuit.watch(watched.promise)
    resolve({
      probe,
      release: (outcome) => {
        if (outcome.result === 'failed' || (probe && outcome.result === 'aborted')) watched.reject(outcome.result)
        else watched.resolve()
        this.#learn(outcome, started)
        end()
      },
    })
    return promise
  }

  #learn(outcome: CallOutcome, started: StartedCall): void {
    const { clock, onChange } = this.#options
    const { result, durationMs, inputTokens, outputTokens, limits = {} } = outcome
    const now = clock.now()
    if (result === 'refused') {
      this.#requests.settled(started.request, 0)
      this.#tokens.settled(started.tokens, 0)
    }
    const used = (inputTokens ?? 0) + (outputTokens ?? 0)
    if (result === 'answered' && used > 0) this.#tokens.settled(started.tokens, used)
    if (limits.requests !== undefined) this.#requests.answered(limits.requests, started.request, now)
    if (limits.tokens !== undefined) this.#tokens.answered(limits.tokens, started.tokens, now)
    if (result === 'denied') this.#deny()
    let change: LimitChange | undefined
    if (result === 'answered') {
      this.#launches.answered(durationMs)
      this.#mostAnswered = Math.max(this.#mostAnswered, started.accepted)
      if (outputTokens !== undefined) this.#outputTokens += (outputTokens - this.#outputTokens) * 0.1
      change = this.#connections.answered({
        order: started.order,
        startedAt: now - durationMs,
        now,
        inFlight: this.#queue.pending,
      })
    } else if (result === 'refused') {
      const { requests, tokens, retryAfterMs = 0 } = limits
      // The buckets know by now, and wait.
      if ((requests?.remaining ?? 1) < 1 || (tokens?.remaining ?? Infinity) < started.amount) return
      // Also one of a server that took far more at once before: those were not too many connections.
      const below = started.accepted < this.#mostAnswered * 0.8
      if (retryAfterMs >= rateRefusalMs || (retryAfterMs > 0 && below)) this.#pace.refused({ now, retryAfterMs })
      else change = this.#connections.refused({ accepted: started.accepted })
    }
    if (change !== undefined) onChange(change, this.#connections.limit)
  }

  #deny(): void {
    this.#denied.abort(keyRefused())
  }

  /** Starts what may start now, and sets a timer for what may start later. */
  #pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    while (this.#waiting.size > 0 && this.#queue.pending < this.#connections.limit) {
      const waitMs = this.#waitMs()
      if (waitMs > 0) {
        if (Number.isFinite(waitMs)) this.#cancelTimer = this.#options.clock.after(waitMs, () => this.#pump())
        break
      }
      this.#queue.concurrency = this.#queue.pending + 1
      this.#queue.start()
      this.#queue.pause()
    }
    this.#pumping = false
  }

  #waitMs(): number {
    const now = this.#options.clock.now()
    return Math.max(
      this.#circuit.waitMs(),
      this.#requests.waitMs(1, now),
      this.#tokens.waitMs(this.#waiting.peek()?.tokens ?? 0, now),
      this.#pace.waitMs(now),
      this.#launches.waitMs(now, this.#connections.limit),
    )
  }
}

interface StartedCall {
  /** Its place among all starts. */
  readonly order: number
  /** Calls in flight when it started. */
  readonly accepted: number
  /** Tokens it was thought to need. */
  readonly amount: number
  readonly request: CountedStart
  readonly tokens: CountedStart
}

function circuitOpen(): EvalsError {
  return new EvalsError(
    'EVALS_CIRCUIT_OPEN',
    'The server of this model has failed many times in a row and is taken to be down, so the call was not made. Try again later.',
  )
}

function tooLate(deadlineMs: number): EvalsError {
  return new EvalsError(
    'EVALS_LIMITER_DEADLINE',
    `The call found no slot within ${deadlineMs} ms. Raise \`maxWait\`, or the account's limits.`,
    { details: { deadlineMs } },
  )
}
