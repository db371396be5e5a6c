import { invalidStatistic } from './invalid-statistic.ts'
import { binomialProbability } from './probabilities.ts'

/**
 * The exact two-sided test of McNemar for paired pass/fail results (Psychometrika 12, 1947): were both sides equally
 * good, each of the b + c pairs that differ would fall either way with probability ½, so
 *
 *   p = min(1, 2 · P(X ≤ min(b, c))),  X ~ Binomial(b + c, ½)
 *
 * Pairs that agree do not matter. No p is below 2·½^(b+c): at α = 0.05 at least six pairs must differ.
 *
 * @param onlyBase b: pairs that only the base got right
 * @param onlyOther c: pairs that only the other got right
 * @returns the p-value
 * @throws EvalsError `EVALS_STATISTIC_INVALID` unless both are counts
 */
export function mcnemarTest(onlyBase: number, onlyOther: number): number {
  if (![onlyBase, onlyOther].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw invalidStatistic(`McNemar's test needs two counts, not ${onlyBase} and ${onlyOther}`, { onlyBase, onlyOther })
  }
  return Math.min(1, 2 * binomialProbability(Math.min(onlyBase, onlyOther), onlyBase + onlyOther, 0.5))
}
