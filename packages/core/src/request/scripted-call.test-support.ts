import { setImmediate } from 'node:timers/promises'
import type { CallOutcome, Limiter, SlotRequest } from '../limiter/limiter.ts'
import type { ResponseHeaders } from '../limiter/rate-headers.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { currentAttemptReport } from './attempt-report.ts'
import type { AttemptContext, CallAnswer, ModelRequest } from './model-request.ts'
import { patient, type RetryPolicy } from './retry-policy.ts'
import type { RequestEngine } from './request-engine.ts'

/** What one attempt does. */
export type Step = (context: AttemptContext, clock: ManualClock) => Promise<CallAnswer<string>>

/** An attempt that is answered after `ms`. */
export function answers(result: string, ms = 0): Step {
  return async (_context, clock) => {
    Object.assign(currentAttemptReport()!, { sent: true, status: 200, firstByteAt: clock.now() + ms })
    clock.advance(ms)
    return { result, usage: { inputTokens: 10, outputTokens: 5 } }
  }
}

/** An attempt to which the server answers with an error. */
export function fails(status: number, headers: ResponseHeaders = {}): Step {
  return async () => {
    Object.assign(currentAttemptReport()!, { sent: true, status, headers })
    throw new TypeError(`said ${status}`)
  }
}

/** An attempt whose request goes out, and then nothing comes until it is aborted. */
export const hangs: Step = ({ signal }) => {
  Object.assign(currentAttemptReport()!, { sent: true })
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })
}

/** An attempt that throws before anything is sent. */
export function throws(error: Error): Step {
  return () => Promise.reject(error)
}

/** Settings of a {@link ScriptedCall}. */
export interface CallScript {
  readonly steps: readonly Step[]
  readonly retry?: RetryPolicy
  /** The ms at which slots are to be had. Default: always. */
  readonly openAt?: number
  /** Which slots are probes, by their place; default none. */
  readonly probes?: readonly boolean[]
}

/** A call whose attempts follow a script, on a clock that stands still, and what happened to it in order. */
export class ScriptedCall implements Limiter {
  readonly clock: ManualClock = new ManualClock()
  /** For example `250 attempt 2`: when, and what. */
  readonly events: string[] = []
  readonly requests: SlotRequest[] = []
  readonly outcomes: CallOutcome[] = []
  readonly engine: RequestEngine
  readonly request: ModelRequest<string>
  readonly #script: CallScript
  #attempts = 0

  constructor(script: CallScript) {
    this.#script = script
    const { clock } = this
    this.engine = { limiter: this, clock, retry: script.retry ?? patient, random: () => 0.5 }
    this.request = {
      key: 'fake:m',
      model: 'fake:m',
      estimate: { inputTokens: 10 },
      price: { input: 1, output: 2 },
      timeoutMs: 1000,
      shown: 'q',
      prepare: async () => this.#happened('prepare'),
      attempt: (context) => {
        this.#attempts += 1
        this.#happened(`attempt ${this.#attempts}`)
        const step = script.steps[this.#attempts - 1] ?? throws(new RangeError('the script has no such attempt'))
        return step(context, clock)
      },
    }
  }

  async acquire(_key: string, request: SlotRequest): ReturnType<Limiter['acquire']> {
    const { openAt = 0, probes = [] } = this.#script
    const probe = probes[this.requests.length] === true
    this.requests.push(request)
    this.#happened('acquire')
    if (this.clock.now() < openAt) await this.#until(openAt, request.signal)
    return {
      probe,
      release: (outcome) => {
        this.outcomes.push(outcome)
        this.#happened(`release ${outcome.result}`)
      },
    }
  }

  /** Lets time pass until `result` is there. */
  async end<Result>(result: Promise<Result>): Promise<PromiseSettledResult<Result>> {
    let settled: PromiseSettledResult<Result> | undefined
    void Promise.allSettled([result]).then(([end]) => (settled = end))
    await setImmediate()
    while (settled === undefined) {
      if (this.clock.waiting === 0) throw new RangeError(`stuck after ${this.events.join(', ')}`)
      this.clock.advance(250)
      await setImmediate()
    }
    return settled
  }

  #until(at: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.clock.after(at - this.clock.now(), resolve)
      signal?.addEventListener('abort', () => {
        cancel()
        reject(signal.reason as Error)
      })
    })
  }

  #happened(what: string): void {
    this.events.push(`${this.clock.now()} ${what}`)
  }
}
