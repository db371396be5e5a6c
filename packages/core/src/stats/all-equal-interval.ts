import { clampMean } from './clamp-mean.ts'
import type { Interval } from './estimate.ts'
import { checkFinite, invalidStatistic } from './invalid-statistic.ts'
import { tailProbability } from './tail-probability.ts'

/**
 * An interval for the mean of n values that all equal `value`, where only the range of possible values is known.
 *
 * Equal values show no spread, so mean ± t·stderr would have no width and claim certainty. What they do show: had a
 * share q of all possible values been different, n equal ones would come up with probability (1 − q)ⁿ. With q = 1 −
 * (α/2)^(1/n), the upper bound of Clopper and Pearson for 0 of n ("rule of three": about 3/n), at most q of the values
 * differ, and the mean lies between those extremes in which they are all at one end of the range:
 *
 *   [value − q·(value − min), value + q·(max − value)]
 *
 * @param value one outside the range by no more than rounding (1e-12 of its width), as a mean may be, is taken for its end
 * @param options.range least and greatest possible value
 * @param options.level confidence level, default 0.95
 * @returns `null` where the range is not finite: then a single further value could move the mean anywhere
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for n below 1 or a value outside the range
 */
export function allEqualInterval(
  value: number,
  n: number,
  options: { readonly range: readonly [min: number, max: number]; readonly level?: number },
): Interval | null {
  const { range, level = 0.95 } = options
  const [least, greatest] = range
  const tail = tailProbability(level)
  checkFinite([value], 'a value')
  const width = greatest - least
  const slack = width < Infinity ? 1e-12 * width : 0
  if (!(Number.isSafeInteger(n) && n >= 1 && value >= least - slack && value <= greatest + slack)) {
    throw invalidStatistic(`n must be at least 1 and ${value} within ${least} to ${greatest}; n is ${n}`, {
      n,
      value,
      range,
    })
  }
  if (!(width > 0 && width < Infinity)) return null
  const mean = clampMean(value, least, greatest)
  const share = -Math.expm1(Math.log(tail) / n)
  return {
    lower: mean - share * (mean - least),
    upper: mean + share * (greatest - mean),
    method: 'all-equal',
    level,
  }
}
