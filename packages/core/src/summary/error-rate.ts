import type { EvalSummary } from './eval-summary.ts'

/** How many of the planned samples may end in an error or a timeout. */
export function allowedErrors(maxErrorRate: number, planned: number): number {
  // 0.29 × 100 is 28.999999999999996.
  return Math.floor(maxErrorRate * planned + 1e-9)
}

/**
 * What to say of an eval that had more errors than it allows; `undefined` of others, and where it allows none, since then
 * each error says it all.
 */
export function tooManyErrors({
  samples: { total, error, timeout },
  maxErrorRate = 0,
}: Pick<EvalSummary, 'maxErrorRate'> & {
  readonly samples: Pick<EvalSummary['samples'], 'total' | 'error' | 'timeout'>
}): string | undefined {
  const allowed = allowedErrors(maxErrorRate, total)
  if (maxErrorRate === 0 || error + timeout <= allowed) return undefined
  return `${error + timeout} of ${total} samples ended in an error or a timeout, more than maxErrorRate ${maxErrorRate} allows (${allowed})`
}
