import { invalidStatistic } from './invalid-statistic.ts'

/** How p-values of several tests are made comparable with α. */
export type Adjustment = 'holm' | 'benjamini-hochberg' | 'none'

/**
 * Adjusted p-values, in the order given, to be compared with α; `null` (no test) stays and does not count as one.
 *
 * - `holm` (Scandinavian Journal of Statistics 6, 1979): at most α is the chance of any false alarm. With the p-values
 *   ascending, p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎).
 * - `benjamini-hochberg` (Journal of the Royal Statistical Society B 57, 1995): at most α of the alarms are false on
 *   average. p̃₍ᵢ₎ = min over j ≥ i of min(1, m·p₍ⱼ₎/j).
 *
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for a p-value outside [0, 1]
 */
export function adjustPValues(pValues: readonly (number | null)[], adjustment: Adjustment): (number | null)[] {
  const tests = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).toSorted((a, b) => a.p - b.p)
  const wrong = pValues.find((p) => p !== null && !(p >= 0 && p <= 1))
  if (wrong !== undefined) throw invalidStatistic(`a p-value must lie from 0 to 1, not ${wrong}`, { pValue: wrong })
  const adjusted = [...pValues]
  const m = tests.length
  if (adjustment === 'holm') {
    let most = 0
    for (const [position, { p, index }] of tests.entries()) {
      most = Math.max(most, Math.min(1, (m - position) * p))
      adjusted[index] = most
    }
  } else if (adjustment === 'benjamini-hochberg') {
    let least = 1
    for (const [position, { p, index }] of [...tests.entries()].reverse()) {
      least = Math.min(least, p * (m / (position + 1)))
      adjusted[index] = least
    }
  }
  return adjusted
}
