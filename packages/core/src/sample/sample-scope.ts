import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '../clock.ts'
import { EvalsError } from '../errors.ts'
import type { ModelCall, StoredError, TraceEntry } from '../record/record.ts'
import { ValueStorage } from '../record/value-storage.ts'
import type { SignalSource } from './late-abort-controller.ts'

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
  readonly #clock: Clock
  #startedAt: number

  constructor(options: { aborts: SignalSource; metadata: Readonly<Record<string, unknown>>; clock: Clock }) {
    this.aborts = options.aborts
    this.metadata = { ...options.metadata }
    this.#clock = options.clock
    this.#startedAt = options.clock.now()
  }

  /** Forgets what an earlier attempt scored; its calls and trace stay, since they were paid for. */
  startAttempt(metadata: Readonly<Record<string, unknown>>): void {
    this.scores.clear()
    this.metadata = { ...metadata }
    if (this.calls.length === 0 && this.trace.length === 0) this.#startedAt = this.#clock.now()
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

  addCall(call: ModelCall): void {
    this.trace.push({ type: 'model', atMs: this.#elapsedMs(), call: this.calls.length })
    this.calls.push(call)
  }

  #elapsedMs(): number {
    return Math.round(this.#clock.now() - this.#startedAt)
  }
}

const scopes = new AsyncLocalStorage<SampleScope>()

/** Runs `work` so that the model calls in it are counted for this sample. */
export function withSampleScope<Result>(scope: SampleScope, work: () => Result): Result {
  return scopes.run(scope, work)
}

/** The sample whose task or scorer is running, if any. */
export function currentSampleScope(): SampleScope | undefined {
  return scopes.getStore()
}
