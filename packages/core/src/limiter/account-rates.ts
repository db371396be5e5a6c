import type { AccountLimits } from './account-limits.ts'
import { LearnedBucket, type CountedStart } from './learned-bucket.ts'
import type { CallEstimate, CallOutcome } from './limiter.ts'
import { RequestPace } from './request-pace.ts'
import { SetRate } from './set-rate.ts'

/** A start as the account's rates count it. */
export interface RatedStart {
  readonly request: CountedStart
  readonly tokens: CountedStart
  /** Tokens it was thought to need. */
  readonly amount: number
}

/** Requests and tokens per minute of one account, as the user sets them, and as its answers and refusals tell them. */
export class AccountRates {
  readonly #requests = new LearnedBucket()
  readonly #tokens = new LearnedBucket()
  readonly #pace = new RequestPace()
  readonly #setRequests = new SetRate()
  readonly #setTokens = new SetRate()
  /** What answers have on average. */
  #outputTokens = 0

  set({ requestsPerMinute, tokensPerMinute }: AccountLimits): void {
    this.#setRequests.perMinute = requestsPerMinute
    this.#setTokens.perMinute = tokensPerMinute
  }

  /** Tokens a call will probably need. */
  tokensOf({ inputTokens, maxOutputTokens = Number.POSITIVE_INFINITY }: CallEstimate): number {
    return inputTokens + Math.min(maxOutputTokens, this.#outputTokens)
  }

  /** Ms until a call of so many tokens may start; 0: now. */
  waitMs(tokens: number, now: number): number {
    return Math.max(
      this.#requests.waitMs(1, now),
      this.#tokens.waitMs(tokens, now),
      this.#pace.waitMs(now),
      this.#setRequests.waitMs(now),
      this.#setTokens.waitMs(now),
    )
  }

  /** Ms for which the server has asked that nothing starts. */
  pausedMs(now: number): number {
    return this.#pace.pausedMs(now)
  }

  started(tokens: number, now: number): RatedStart {
    this.#pace.started(now)
    this.#setRequests.started(1, now)
    this.#setTokens.started(tokens, now)
    return { request: this.#requests.started(1, now), tokens: this.#tokens.started(tokens, now), amount: tokens }
  }

  /** Takes in what a call's end tells. */
  ended({ result, inputTokens = 0, outputTokens = 0, limits = {} }: CallOutcome, start: RatedStart, now: number): void {
    if (result === 'refused') {
      this.#requests.settled(start.request, 0)
      this.#tokens.settled(start.tokens, 0)
      this.#setTokens.settled(-start.amount, now)
    } else if (inputTokens + outputTokens > 0) {
      this.#tokens.settled(start.tokens, inputTokens + outputTokens)
      this.#setTokens.settled(inputTokens + outputTokens - start.amount, now)
      this.#outputTokens += (outputTokens - this.#outputTokens) * 0.1
    }
    if (limits.requests !== undefined) this.#requests.answered(limits.requests, start.request, now)
    if (limits.tokens !== undefined) this.#tokens.answered(limits.tokens, start.tokens, now)
  }

  /**
   * Whether a refusal was one of rate, which is waited out here, and not of too many connections.
   * @param below the server took more calls at once before, so it was not their number
   */
  refusedByRate(
    { limits = {} }: CallOutcome,
    start: RatedStart,
    { now, below }: { now: number; below: boolean },
  ): boolean {
    const { requests, tokens, retryAfterMs = 0 } = limits
    // The buckets know by now, and wait.
    if ((requests?.remaining ?? 1) < 1 || (tokens?.remaining ?? Number.POSITIVE_INFINITY) < start.amount) return true
    if (retryAfterMs === 0 || !below) return false
    this.#pace.refused({ now, retryAfterMs })
    return true
  }

  /** Nothing starts for so long: the server asks for it. */
  pause(now: number, ms: number): void {
    if (ms > 0) this.#pace.pause(now, ms)
  }
}
