import { allEqualInterval } from './all-equal-interval.ts'
import type { Estimate, Interval } from './estimate.ts'
import { proportionInterval, type ProportionMethod } from './proportion-interval.ts'
import type { Moments } from './running-moments.ts'
import { tInterval } from './t-interval.ts'

/** Moments of values whose scorer declares what they are. */
export interface DeclaredMoments extends Moments {
  /** `binary`: 0 or 1; `graded`: anything else. The declaration decides on the interval, never the values seen. */
  readonly kind: 'binary' | 'graded'
  /** Least and greatest possible value; gives equal graded values an interval. */
  readonly range?: readonly [min: number, max: number]
  /** How many clusters the values come in, where `stderr` is a clustered one (`ClusteredMoments`). */
  readonly clusters?: number
}

/**
 * The mean of scores with its error bar, from figures that cost O(1) per value.
 *
 * - binary: Wilson's interval, or another of a proportion by `proportion`;
 * - graded: the t interval with n − 1 degrees of freedom;
 * - clustered, of either kind: the t interval of the CR1 standard error with C − 1 degrees of freedom;
 * - no spread at all (graded values, or the means of clusters, all equal): the interval of `allEqualInterval` where a
 *   finite `range` is declared, else none.
 *
 * `stderr` is sd/√n with n − 1 in the variance for both kinds. For 0/1 values that is √(p(1−p)/(n−1)), larger by
 * √(n/(n−1)) than the form √(p(1−p)/n) also in use, and it is 0 for a clean sweep; Wilson's interval depends on
 * neither and keeps its width.
 *
 * @param options.level confidence level, default 0.95
 * @param options.proportion the method for binary values, default `wilson`
 * @returns `null` without values; a `note` where the values had no spread, and `interval: null` where none is defined
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for numbers no values can have, such as a binary mean above 1
 */
export function meanEstimate(
  moments: DeclaredMoments,
  options: { readonly level?: number; readonly proportion?: ProportionMethod } = {},
): Estimate | null {
  const { kind, n, mean, stderr, clusters } = moments
  if (n === 0 || mean === null) return null
  const units = clusters ?? n
  const estimate = { value: mean, n, stderr: units < 2 ? null : stderr }
  if (kind === 'binary' && clusters === undefined) {
    const { proportion: method = 'wilson' } = options
    return { ...estimate, interval: proportionInterval(mean * n, n, { ...options, method }) }
  }
  const interval = tInterval({ n: units, mean, stderr }, options)
  if (interval !== null) return { ...estimate, interval }
  return { ...estimate, ...withoutSpread(moments, mean, options.level) }
}

function withoutSpread(
  { n, clusters, range }: DeclaredMoments,
  mean: number,
  level: number | undefined,
): { readonly interval: Interval | null; readonly note: string } {
  const units = clusters ?? n
  const one = clusters === undefined ? 'one value' : 'one cluster'
  const equal = clusters === undefined ? `all ${n} values are equal` : `the means of all ${clusters} clusters are equal`
  const reason = units === 1 ? one : equal
  const interval = range === undefined ? null : allEqualInterval(mean, units, { range, ...(level && { level }) })
  if (interval === null) return { interval, note: `${reason}: no interval is defined` }
  return { interval, note: `${reason}: the interval is what ${units} such values can rule out` }
}
