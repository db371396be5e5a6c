import type { Price } from '../price/price.ts'
import type { AccountLimits } from './account-limits.ts'
import type { RateLimits } from './rate-headers.ts'

/** What a call will need, as far as it is known before the call. */
export interface CallEstimate {
  readonly inputTokens: number
  /** Most output tokens the answer can have; absent: the limiter goes by the answers it has seen. */
  readonly maxOutputTokens?: number
  /** Absent where the price is unknown. */
  readonly price?: Price
}

/** One call's wish to start. */
export interface SlotRequest {
  readonly estimate: CallEstimate
  /** What the user knows of the account; it holds for all calls of the key from now on. Default: what was said before. */
  readonly limits?: AccountLimits
  /** Calls of samples that have `begun` (later turns, judges, retries) go before `new` ones. Default `new`. */
  readonly priority?: 'begun' | 'new'
  /** Who takes turns with whom where calls wait: the eval. Default: all are one group. */
  readonly group?: string
  /** Fail with `EVALS_CIRCUIT_OPEN` while the server is taken to be down, instead of waiting until it is back. Default false. */
  readonly failFast?: boolean
  /** Most ms to wait; then the request fails with `EVALS_LIMITER_DEADLINE`. Default: no limit. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/** How a call ended, as the limiter must know it. */
export interface CallOutcome {
  /**
   * `unusable`: the server answered, and bills it, but the answer cannot be read or broke off; `refused`: too many calls
   * or tokens (429); `failed`: any other fault of server or network; `rejected`: the call was wrong, which says nothing of
   * the server; `denied`: the account's key is not valid; `aborted`: by us.
   */
  readonly result: 'answered' | 'unusable' | 'refused' | 'failed' | 'rejected' | 'denied' | 'aborted'
  /** From the start of the attempt to its end. */
  readonly durationMs: number
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly costUsd?: number
  /** What the response's headers said about the account's limits. */
  readonly limits?: RateLimits
}

/** The right to make one call. */
export interface Slot {
  /** The server is taken to be down, and this call is to find out: that it is down is no fault of the call's own. */
  readonly probe?: boolean
  /** Gives the right back; to be called once, as soon as no byte of the call can move any more. */
  release(outcome: CallOutcome): void
}

/** Decides when a model call may start. */
export interface Limiter {
  /**
   * Waits for the right to make one call on a key: provider, base URL, account and model.
   * @throws EvalsError `EVALS_LIMITER_DEADLINE`, `EVALS_CIRCUIT_OPEN`, `EVALS_MODEL_KEY_REFUSED`,
   * `EVALS_BUDGET_SPENT`, `EVALS_PRICE_UNKNOWN`, `EVALS_OPTION_INVALID` for `limits`; the signal's reason when it aborts
   */
  acquire(key: string, request: SlotRequest): Promise<Slot>
}
