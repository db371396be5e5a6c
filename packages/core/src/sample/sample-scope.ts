import type { Clock } from '../clock.ts'
import { EvalsError } from '../errors.ts'
import type { ModelCall, SampleLimit, StoredError, TraceEntry } from '../record/record.ts'
import { toStoredError } from '../record/stored-error.ts'
import { ValueStorage } from '../record/value-storage.ts'
import { CallOrdinals } from './call-ordinals.ts'
import { withoutHeaders } from './without-headers.ts'
import type { SignalSource } from './late-abort-controller.ts'
import { LimitMeter, type CallPricing, type SampleLimits } from './sample-limits.ts'
import { WaitClock } from './wait-clock.ts'

/** A model call's question and answer, as far as they are kept. */
export interface ShownCall {
  readonly question?: unknown
  readonly answer?: unknown
  /** The vendor's own response. */
  readonly raw?: unknown
}

/** A model call that goes on. */
export interface OpenCall {
  readonly question: unknown
  /** Aborts the call. */
  readonly signal: AbortSignal
  /** What its attempts have failed with so far. */
  readonly failed: readonly StoredError[]
  /** The call as it stands, if `error` ends it now. */
  endedBy(error: unknown): ModelCall
}

/** Takes what came of an open call into the record. */
export type EndCall = (call: ModelCall, shown: ShownCall) => void

/** Whose calls are gathered. */
export interface ScopeOptions {
  readonly aborts: SignalSource
  readonly metadata: Readonly<Record<string, unknown>>
  readonly clock: Clock
  /** The eval: evals take turns where calls wait. Default: none. */
  readonly group?: string
  /** Default 0. */
  readonly epoch?: number
  /** What the task may use. Default: no limits. */
  readonly limits?: SampleLimits
  /** The trace keeps the vendors' own responses. Default false. */
  readonly keepsRaw?: boolean
}

/** What one sample gathers while its task and its scorers run. */
export class SampleScope {
  /** Aborts the model calls of what is running. */
  aborts: SignalSource
  /** Takes values in the form in which the record will hold them. */
  readonly values: ValueStorage = new ValueStorage()
  readonly calls: ModelCall[] = []
  /** Logged values are in their stored form. */
  readonly trace: TraceEntry[] = []
  readonly scores: Map<string, unknown> = new Map()
  metadata: Record<string, unknown>
  purpose: ModelCall['purpose'] = 'task'
  /** Awaited before each model call of a scorer. */
  beforeScoreCall: () => Promise<void> = async () => {}
  /** Stands still while the sample can only wait for slots. */
  readonly waits: WaitClock
  readonly group: string
  readonly epoch: number
  /** Places of its identical calls, by which the cache tells them apart. */
  readonly ordinals: CallOrdinals = new CallOrdinals()
  readonly #clock: Clock
  readonly #limits: SampleLimits | undefined
  readonly #keepsRaw: boolean
  readonly #open = new Set<OpenCall>()
  #meter: LimitMeter
  #lastAnswer: unknown
  readonly #failures: StoredError[] = []
  #startedAt: number

  constructor(options: ScopeOptions) {
    this.aborts = options.aborts
    this.metadata = { ...options.metadata }
    this.#clock = options.clock
    this.group = options.group ?? ''
    this.epoch = options.epoch ?? 0
    this.waits = new WaitClock(options.clock)
    this.#limits = options.limits
    this.#keepsRaw = options.keepsRaw ?? false
    this.#meter = new LimitMeter(options.limits)
    this.#startedAt = options.clock.now()
  }

  /** Forgets what an earlier attempt scored and its tools; its calls and the rest of the trace stay, being paid for. */
  startAttempt(metadata: Readonly<Record<string, unknown>>): void {
    this.scores.clear()
    // Scorers of tools would take them for those of this attempt.
    const kept = this.trace.filter(({ type }) => type !== 'tool')
    this.trace.splice(0, this.trace.length, ...kept)
    this.metadata = { ...metadata }
    this.#meter = new LimitMeter(this.#limits)
    this.#lastAnswer = undefined
    if (this.calls.length === 0 && this.trace.length === 0) this.#startedAt = this.#clock.now()
  }

  /** A failure within this attempt after which something else was tried. */
  addFailure(error: unknown): void {
    this.#failures.push(toStoredError(error))
  }

  /** The failures since the last time. */
  takeFailures(): readonly StoredError[] {
    return this.#failures.splice(0)
  }

  log(...values: unknown[]): void {
    // At once: the task may change them later.
    const stored = values.map((value) => this.values.store('trace', value))
    this.trace.push({ type: 'log', atMs: this.#elapsedMs(), values: stored })
  }

  async span<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
    const atMs = this.#elapsedMs()
    const end = (error?: StoredError['message']): void => {
      const failed = error === undefined ? {} : { error }
      this.trace.push({ type: 'span', atMs, name, durationMs: this.#elapsedMs() - atMs, ...failed })
    }
    try {
      const result = await work()
      end()
      return result
    } catch (error) {
      end(error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  score(name: string, value: unknown): void {
    if (this.scores.has(name)) {
      throw new EvalsError('EVALS_SCORER_DUPLICATE', `The task scored "${name}" twice. Give each score its own name.`)
    }
    this.scores.set(name, value)
  }

  setMetadata(metadata: Readonly<Record<string, unknown>>): void {
    Object.assign(this.metadata, metadata)
  }

  /** Some call has been answered: what comes now goes before calls of samples that have yet to begin. */
  get hasBegun(): boolean {
    return this.calls.length > 0
  }

  /**
   * Called before each model call of the task.
   * @throws EvalsError `EVALS_SAMPLE_LIMIT`, `EVALS_PRICE_UNKNOWN`
   */
  admitCall(pricing: CallPricing): void {
    this.#meter.admit(pricing)
  }

  /** The limit that this attempt's task has reached. */
  get limit(): SampleLimit | undefined {
    return this.#meter.reached
  }

  /** What the last answered call of this attempt's task gave: its object or its text. */
  get lastAnswer(): unknown {
    return this.#lastAnswer
  }

  /** A model call begins; the returned function ends it. */
  openCall(open: OpenCall): EndCall {
    this.#open.add(open)
    return (call, shown) => {
      // The record may have it already, as it stood when the sample ended.
      if (this.#open.delete(open)) this.addCall(call, shown)
    }
  }

  /** What the attempts of calls that go on have failed with. */
  get openFailures(): readonly StoredError[] {
    return [...this.#open].flatMap(({ failed }) => failed)
  }

  /**
   * Records calls that have yet to end as they stand: all with `error`, or without it those that are aborted, with the
   * reason. The record is made before they come to an end of their own.
   */
  leaveCalls(error?: unknown): void {
    for (const open of this.#open) {
      const { question, signal } = open
      if (error === undefined && !signal.aborted) continue
      this.#open.delete(open)
      this.addCall(open.endedBy(error ?? signal.reason), { question })
    }
  }

  addCall(call: ModelCall, { raw, ...shown }: ShownCall = {}): void {
    if (call.purpose === 'task') this.#meter.add(call)
    // An answer to several samples is nobody's own.
    const isOwnAnswer = call.purpose === 'task' && call.error === undefined && call.batch === undefined
    if (isOwnAnswer) this.#lastAnswer = answerIn(shown)
    const kept = raw === undefined || !this.#keepsRaw ? shown : { ...shown, raw: withoutHeaders(raw) }
    const stored = Object.entries(kept).map(([name, value]) => [name, this.values.store('trace', value)] as const)
    this.trace.push({
      type: 'model',
      atMs: this.#elapsedMs(),
      call: this.calls.length,
      ...Object.fromEntries(stored),
    })
    this.calls.push(call)
    if (isOwnAnswer) this.#traceTools(shown)
  }

  /** What the model asks to be called is what the scorers of tools look at, whatever is kept of its answer. */
  #traceTools({ answer }: ShownCall): void {
    for (const { id, name, arguments: given } of toolCallsIn(answer)) {
      const stored = given === undefined ? {} : { arguments: this.values.store('trace', given) }
      this.trace.push({ type: 'tool', atMs: this.#elapsedMs(), name, ...(id === undefined ? {} : { id }), ...stored })
    }
  }

  #elapsedMs(): number {
    return Math.round(this.#clock.now() - this.#startedAt)
  }
}

/** A structured answer's object, else its text. */
function answerIn({ answer }: ShownCall): unknown {
  if (typeof answer !== 'object' || answer === null) return undefined
  const { object, text }: { object?: unknown; text?: unknown } = answer
  return object ?? text
}

/** The tool calls of an answer; that of an application's own client may have any form. */
function toolCallsIn(answer: unknown): { id?: string; name: string; arguments?: unknown }[] {
  if (typeof answer !== 'object' || answer === null || !('toolCalls' in answer)) return []
  const calls: readonly unknown[] = Array.isArray(answer.toolCalls) ? answer.toolCalls : []
  return calls.flatMap((call) => {
    if (typeof call !== 'object' || call === null) return []
    const { id, name, arguments: given }: { id?: unknown; name?: unknown; arguments?: unknown } = call
    if (typeof name !== 'string') return []
    return [{ name, arguments: given, ...(typeof id === 'string' ? { id } : {}) }]
  })
}
