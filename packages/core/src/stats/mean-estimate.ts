import type { Estimate } from './estimate.ts'
import type { Moments } from './running-moments.ts'
import { tInterval } from './t-interval.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** Moments of values whose scorer declares what they are. */
export interface DeclaredMoments extends Moments {
  /** `binary`: 0 or 1; `graded`: anything else. The declaration decides on the interval, never the values seen. */
  readonly kind: 'binary' | 'graded'
}

/**
 * The mean of scores with its error bar: Wilson's interval for binary scores, the t interval for graded ones.
 *
 * `stderr` is sd/√n with n − 1 in the variance for both kinds. For 0/1 values that is √(p(1−p)/(n−1)), larger by
 * √(n/(n−1)) than the form √(p(1−p)/n) also in use, and it is 0 for a clean sweep; Wilson's interval depends on
 * neither and keeps its width.
 *
 * @param options.level confidence level, default 0.95
 * @returns `null` without values; `interval: null` and a `note` where a graded mean has no interval
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for numbers no values can have, such as a binary mean above 1
 */
export function meanEstimate(
  { kind, n, mean, stderr }: DeclaredMoments,
  options: { readonly level?: number } = {},
): Estimate | null {
  if (n === 0 || mean === null) return null
  const estimate = { value: mean, n, stderr: n < 2 ? null : stderr }
  if (kind === 'binary') return { ...estimate, interval: wilsonInterval(mean * n, n, options) }
  const interval = tInterval({ n, mean, stderr }, options)
  if (interval !== null) return { ...estimate, interval }
  const reason = n === 1 ? 'one value' : `all ${n} values are equal`
  return { ...estimate, interval, note: `${reason}: no interval is defined` }
}
