import { checkFinite } from './invalid-statistic.ts'

/**
 * The skewness of values, g₁ = m₃ / m₂^{3/2} with m_r = Σ(x − x̄)^r / n (the default of SciPy); 0 for a symmetric
 * sample.
 *
 * @returns `null` where it is not defined: without values, or if all are equal
 * @throws EvalsError `EVALS_STATISTIC_INVALID` unless all are finite numbers
 */
export function skewness(values: readonly number[]): number | null {
  checkFinite(values, 'a value')
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const moment = (order: number): number =>
    values.reduce((sum, value) => sum + (value - mean) ** order, 0) / values.length
  const variance = moment(2)
  return variance > (1e-12 * mean) ** 2 ? moment(3) / variance ** 1.5 : null
}
