import type { ModelCallError } from './call-error.ts'
import type { RequestEngine } from './request-engine.ts'
import { retryDelayMs, type FaultCounts, type RetryPolicy } from './retry-policy.ts'

/** Counts the failures of one call, and tells when it is tried again. */
export class CallRetries {
  readonly #policy: RetryPolicy
  readonly #engine: Pick<RequestEngine, 'clock' | 'random'>
  readonly #counts: FaultCounts = { refused: 0, fault: 0, timeout: 0, fatal: 0 }
  #firstFailedAt: number | undefined

  constructor(policy: RetryPolicy, engine: Pick<RequestEngine, 'clock' | 'random'>) {
    this.#policy = policy
    this.#engine = engine
  }

  /**
   * Ms to wait after a failed attempt; `undefined`: it was the last.
   * @param foundDown the attempt was to find out whether the server is up, and it is not
   */
  delayAfter(error: ModelCallError, { foundDown }: { foundDown: boolean }): number | undefined {
    const { clock, random } = this.#engine
    this.#firstFailedAt ??= clock.now()
    // Back-off is no waiting: with the limit of that alone, a call to a server that stays down would never end.
    const isPatient = this.#policy.retries.fault > 0 && clock.now() - this.#firstFailedAt <= this.#policy.maxWaitMs
    if (!foundDown || !isPatient) this.#counts[error.fault] += 1
    return retryDelayMs(error, this.#counts, { policy: this.#policy, random: random() })
  }
}
