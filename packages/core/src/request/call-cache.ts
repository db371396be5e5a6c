/** What a call says of itself to the cache. */
export interface CachedCall {
  /** For example `openai:gpt-5-mini`. */
  readonly model: string
  /** Everything that can change the answer, see `CacheUse`. */
  readonly identity: unknown
  /** The sample's epoch: epochs are independent draws. */
  readonly epoch: number
  /** Its place among the identical calls of its sample that have an answer or wait for one: five draws stay five draws. */
  readonly ordinal: number
}

/** How a call is made that has no stored answer. */
export interface CallMaking {
  /**
   * Makes the call; what it gives is stored, and shared with identical calls in flight, unless it is `undefined`.
   * @param signal aborts when nobody waits for the answer any more; not when only this caller has left
   */
  make(signal: AbortSignal): Promise<unknown>
  /** The caller's own: when it aborts, the caller leaves with its reason. */
  readonly signal: AbortSignal
  /** Is given the promise while the caller can only wait for an identical call of somebody else. Default: nothing. */
  waiting?<Value>(work: Promise<Value>): Promise<Value>
}

/** What a {@link CallCache} gives. */
export interface CachedAnswer {
  /** JSON; `undefined` where `make` gave that. Nobody else holds the same object. */
  readonly stored: unknown
  /** Somebody else paid for it. */
  readonly cached: boolean
}

/** Answers calls from a store, or makes them and keeps what they gave; identical calls in flight are made once. */
export interface CallCache {
  /**
   * The stored answer, or what `make` gives (then `cached` is false).
   * @throws EvalsError `EVALS_CACHE_MISS` in mode `replay`, with the nearest stored call's difference; what `make`
   * throws, also to those who waited for it; the signal's reason
   */
  answer(call: CachedCall, making: CallMaking): Promise<CachedAnswer>
}
