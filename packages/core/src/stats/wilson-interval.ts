import { normalQuantile } from './distributions.ts'
import type { Interval } from './estimate.ts'
import { invalidStatistic } from './invalid-statistic.ts'
import { tailProbability } from './tail-probability.ts'

/** `-normalQuantile(tailProbability(0.95))`: with it the interval that every report shows needs no Cephes. */
const z95 = 1.959963984540054

/**
 * Wilson's score interval of a proportion (JASA 22, 1927), without continuity correction: the p for which
 * |successes/n − p| ≤ z·√(p(1−p)/n). It lies within [0, 1], contains successes/n and never has zero width.
 *
 * @param successes 0 to `n`; need not be whole, as the sum of samples' means over epochs is not
 * @param n number of trials, at least 1
 * @param options.level confidence level, default 0.95
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for `n` 0 and other arguments out of range
 */
export function wilsonInterval(
  successes: number,
  n: number,
  { level = 0.95 }: { readonly level?: number } = {},
): Interval {
  if (!(Number.isSafeInteger(n) && n >= 1 && successes >= 0 && successes <= n)) {
    throw invalidStatistic(`a proportion needs a whole n ≥ 1 and successes from 0 to n, not ${successes} of ${n}`, {
      successes,
      n,
    })
  }
  const z = level === 0.95 ? z95 : -normalQuantile(tailProbability(level))
  return {
    lower: lowerBound(successes, n, z),
    upper: 1 - lowerBound(n - successes, n, z),
    method: 'wilson',
    level,
  }
}

/** The smaller root as product of the roots over the larger one: no cancellation, exactly 0 for no success. */
function lowerBound(successes: number, n: number, z: number): number {
  const share = successes / n
  const spread = z * Math.sqrt(successes * (1 - share) + (z * z) / 4)
  return (successes * share) / (successes + (z * z) / 2 + spread)
}
