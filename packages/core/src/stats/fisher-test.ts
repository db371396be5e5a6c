import { invalidStatistic } from './invalid-statistic.ts'
import type { Proportion } from './newcombe-interval.ts'
import { logChoose } from './probabilities.ts'

/**
 * Fisher's exact two-sided test of two independent proportions: with the totals given, successes of the first are
 * hypergeometric if both proportions are equal; p is the probability of all tables no more likely than the observed one
 * (as R and SciPy count, ties within 1e-7). O(least margin).
 *
 * @returns the p-value
 * @throws EvalsError `EVALS_STATISTIC_INVALID` unless successes and trials are counts
 */
export function fisherTest(first: Proportion, second: Proportion): number {
  for (const { successes, n } of [first, second]) {
    if (Number.isSafeInteger(successes) && Number.isSafeInteger(n) && successes >= 0 && successes <= n) continue
    throw invalidStatistic(`Fisher's test needs counts, not ${successes} of ${n}`, { successes, n })
  }
  const successes = first.successes + second.successes
  const all = logChoose(first.n + second.n, successes)
  const probability = (k: number): number => Math.exp(logChoose(first.n, k) + logChoose(second.n, successes - k) - all)
  const limit = probability(first.successes) * (1 + 1e-7)
  let p = 0
  for (let k = Math.max(0, successes - second.n); k <= Math.min(first.n, successes); k++) {
    const own = probability(k)
    if (own <= limit) p += own
  }
  return Math.min(1, p)
}
