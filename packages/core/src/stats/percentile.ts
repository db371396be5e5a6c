import { invalidStatistic } from './invalid-statistic.ts'

/**
 * A percentile by linear interpolation between closest ranks (type 7 of Hyndman & Fan, The American Statistician 50,
 * 1996; the default of R and NumPy), in the units of the values.
 *
 * @param sorted at least one value, ascending (not checked: that would cost more than the answer)
 * @param p 0 (least value) to 100 (greatest value)
 * @throws EvalsError `EVALS_STATISTIC_INVALID` without values or for another `p`
 */
export function percentile(sorted: readonly number[] | Float64Array, p: number): number {
  const rank = ((sorted.length - 1) * p) / 100
  const below = sorted[Math.floor(rank)]
  const above = sorted[Math.ceil(rank)]
  if (!(p >= 0 && p <= 100) || below === undefined || above === undefined) {
    throw invalidStatistic(
      `a percentile needs at least one value and p from 0 to 100, not ${sorted.length} values and p ${p}`,
      { n: sorted.length, p },
    )
  }
  return below + (above - below) * (rank - Math.floor(rank))
}
