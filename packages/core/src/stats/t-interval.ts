import { studentTQuantile } from './distributions.ts'
import type { Interval } from './estimate.ts'
import { invalidStatistic } from './invalid-statistic.ts'
import type { Moments } from './running-moments.ts'
import { tailProbability } from './tail-probability.ts'

/** A standard error below this share of the mean is rounding of equal values (0.3 and 0.1 + 0.2), not spread. */
const roundingShare = 1e-12

/**
 * Student's t interval of a mean: mean ± t(1 − (1 − level)/2, n − 1) · stderr, in the units of the values. It is not
 * clipped to a scorer's range: a bound outside says that n is too small or the values too skewed for this method,
 * and a clipped one would hide that.
 *
 * @param options.level confidence level, default 0.95
 * @returns `null` where no interval is defined: below two values, or if all are equal (to rounding), because an
 *   interval without width would claim certainty
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for numbers that no values can have
 */
export function tInterval(
  { n, mean, stderr }: Moments,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval | null {
  const tail = tailProbability(level)
  if (n === 0 || n === 1) return null
  const valid = Number.isSafeInteger(n) && n >= 2 && mean !== null && stderr !== null
  if (!(valid && Number.isFinite(mean) && stderr >= 0 && stderr < Infinity)) {
    throw invalidStatistic(
      `a t interval needs a whole n, a finite mean and a stderr ≥ 0, not n ${n}, mean ${mean}, stderr ${stderr}`,
      { n, mean, stderr },
    )
  }
  if (stderr <= roundingShare * Math.abs(mean)) return null
  const margin = -studentTQuantile(tail, n - 1) * stderr
  return { lower: mean - margin, upper: mean + margin, method: 't', level }
}
