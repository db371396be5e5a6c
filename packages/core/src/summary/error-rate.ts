import type { EvalSummary } from './eval-summary.ts'

/** How many of the planned samples may end in an error or a timeout. */
export function allowedErrors(maxErrorRate: number, planned: number): number {
  // 0.29 × 100 is 28.999999999999996.
  return Math.floor(maxErrorRate * planned + 1e-9)
}

/** What is known of an eval's errors. */
type ErrorCounts = Pick<EvalSummary, 'maxErrorRate'> & {
  readonly samples: Pick<EvalSummary['samples'], 'total' | 'error' | 'timeout'>
}

/** How many samples ended in an error or a timeout where these are more than the eval allows, so that a run fails; else 0. */
export function failingErrors({ samples: { total, error, timeout }, maxErrorRate = 0 }: ErrorCounts): number {
  return error + timeout > allowedErrors(maxErrorRate, total) ? error + timeout : 0
}

/**
 * What to say of an eval that had more errors than it allows; `undefined` of others, and where it allows none, since then
 * each error says it all.
 */
export function tooManyErrors(counts: ErrorCounts): string | undefined {
  const { samples, maxErrorRate = 0 } = counts
  const found = failingErrors(counts)
  if (maxErrorRate === 0 || found === 0) return undefined
  const allowed = allowedErrors(maxErrorRate, samples.total)
  return `${found} of ${samples.total} samples ended in an error or a timeout, more than maxErrorRate ${maxErrorRate} allows (${allowed})`
}
