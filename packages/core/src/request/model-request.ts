import type { Usage } from '../model/language-model.ts'
import type { AccountLimits } from '../limiter/account-limits.ts'
import type { CallEstimate } from '../limiter/limiter.ts'
import type { Price } from '../price/price.ts'

/** What one attempt is given. */
export interface AttemptContext {
  /** Aborts on timeout, cancellation and the sample's end; must close the socket. */
  readonly signal: AbortSignal
}

/** What an attempt that succeeded tells of its answer. */
export interface CallAnswer<Result> {
  readonly result: Result
  /** `provider:model` as the provider names the model that answered; default the request's. */
  readonly model?: string
  readonly usage: Usage
  /** Where the definition knows better than usage times price. */
  readonly costUsd?: number
  readonly requestId?: string
  /** What the trace shows as the answer. */
  readonly shown?: unknown
  /** The vendor's own response; never cached, and kept in the record only with `traces: all`. */
  readonly raw?: unknown
}

/** What the cache needs to keep an answer and to give it again. */
export interface CacheUse<Result> {
  /** Everything that can change the answer: provider, base URL, model, parameters, messages, tools. No keys, no headers. */
  readonly identity: unknown
  /** The answer as JSON; `undefined` where it is not to be kept. */
  store(result: Result): unknown
  restore(stored: unknown): Result
}

/** One model call as the request path sees it. */
export interface ModelRequest<Result> {
  /** Calls with the same key share one limit: provider, base URL, account (a hash) and model. */
  readonly key: string
  /** For example `openai:gpt-5-mini`. */
  readonly model: string
  readonly estimate: CallEstimate
  readonly price?: Price
  /** Answers say themselves what they cost, so that it is known without a price. */
  readonly tellsCost?: boolean
  /** What the account may use, where the user knows it. */
  readonly limits?: AccountLimits
  /** Most ms for one attempt. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Absent: never cached. */
  readonly cache?: CacheUse<Result>
  /** What the trace shows as the question. */
  readonly shown?: unknown
  /** Loads what attempts need, such as a vendor's SDK, before a slot is taken. */
  prepare?(): Promise<unknown>
  /** Makes one attempt; throws what `toCallError` can read. */
  attempt(context: AttemptContext): Promise<CallAnswer<Result>>
}
