import type { Estimate } from '../stats/estimate.ts'
import type { Verdict } from './score-comparison.ts'

/** What a verdict is made of. */
export interface VerdictFacts {
  /** Other − base. */
  readonly difference: Estimate | null
  readonly direction: 'higher' | 'lower'
  readonly pAdjusted: number | null
  readonly alpha: number
  /** Differences up to it are of no concern; default: none is. */
  readonly margin?: number
}

/**
 * The verdict on a difference, with the improvement = the difference, or its negative where lower is better:
 *
 * 1. `better`: p ≤ α and the improvement is positive;
 * 2. `notWorse`, only with a margin: the whole 1 − α interval of the improvement lies above −margin, also where a
 *    decline within the margin is significant;
 * 3. `worse`: p ≤ α and the improvement is negative;
 * 4. `inconclusive`: none of these.
 *
 * p is adjusted for the number of tests; the interval is not: who asks that *all* of several evals be not worse makes
 * no more false claims than with one (Berger, Technometrics 24, 1982).
 */
export function judgeVerdict({ difference, direction, pAdjusted, alpha, margin }: VerdictFacts): Verdict {
  if (difference === null) return 'inconclusive'
  const significant = pAdjusted !== null && pAdjusted <= alpha
  const [least, improvement] = orient(difference, direction)
  if (significant && improvement > 0) return 'better'
  if (margin !== undefined && least !== null && least > -margin) return 'notWorse'
  return significant && improvement < 0 ? 'worse' : 'inconclusive'
}

/** The lower end, value and upper end of a difference where up is better; `null` ends without an interval. */
export function orient(
  { value, interval }: Estimate,
  direction: 'higher' | 'lower',
): [lower: number | null, value: number, upper: number | null] {
  const [lower, upper] = [interval?.lower ?? null, interval?.upper ?? null]
  if (direction === 'higher') return [lower, value, upper]
  const negative = (end: number | null): number | null => (end === null ? null : 0 - end)
  return [negative(upper), 0 - value, negative(lower)]
}
