import type { CallFault, ModelCallError } from './call-error.ts'

/** How often and how patiently a failed call is tried again; times in ms. */
export interface RetryPolicy {
  /** First back-off; it doubles with each attempt. */
  readonly baseMs: number
  /** Longest back-off of our own making. */
  readonly capMs: number
  /** Most retries after faults of each kind; `fatal` is never tried again. */
  readonly retries: Readonly<Record<Exclude<CallFault, 'fatal'>, number>>
  /**
   * Most a call may wait in all, for slots and after refusals. For so long from its first failure on, its trials of a
   * server that is down are not counted as faults.
   */
  readonly maxWaitMs: number
}

/** Retries for a batch run, which has time. */
export const patient: RetryPolicy = {
  baseMs: 500,
  capMs: 60_000,
  retries: { refused: Number.POSITIVE_INFINITY, fault: 5, timeout: 1 },
  maxWaitMs: 1_800_000,
}

/** No retries, for a person who waits. */
export const interactive: RetryPolicy = { ...patient, retries: { refused: 0, fault: 0, timeout: 0 }, maxWaitMs: 10_000 }

/** How often a call has failed so far, by kind. */
export type FaultCounts = Record<CallFault, number>

/**
 * Ms to wait before the next attempt, `undefined` where there is none. Exponential with full jitter (Brooker 2015,
 * "Exponential Backoff And Jitter"); the server's `Retry-After` where that is longer.
 * @param counts the failures so far, this one included
 * @param random from 0 to 1
 */
export function retryDelayMs(
  error: ModelCallError,
  counts: Readonly<FaultCounts>,
  { policy, random }: { policy: RetryPolicy; random: number },
): number | undefined {
  const { fault, limits } = error
  if (fault === 'fatal' || counts[fault] > policy.retries[fault]) return undefined
  const backoffMs = random * Math.min(policy.capMs, policy.baseMs * 2 ** (counts[fault] - 1))
  return Math.max(backoffMs, limits.retryAfterMs ?? 0)
}
