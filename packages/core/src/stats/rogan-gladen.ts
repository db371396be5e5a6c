import { normalQuantile } from './distributions.ts'
import type { Estimate, Interval } from './estimate.ts'
import { invalidStatistic } from './invalid-statistic.ts'
import type { Proportion } from './newcombe-interval.ts'
import { tailProbability } from './tail-probability.ts'

/** What a test that errs said, and how often it is right: counts, so that their own uncertainty is in the interval. */
export interface ImperfectTest {
  /** What it said of the items in question: positives of all. */
  readonly observed: Proportion
  /** Of items known to be positive, those it said are. */
  readonly sensitivity: Proportion
  /** Of items known to be negative, those it said are. */
  readonly specificity: Proportion
}

/**
 * The share of positives behind what an imperfect test says (Rogan & Gladen, American Journal of Epidemiology 107,
 * 1978): with the observed share p, sensitivity Se and specificity Sp,
 *
 *   π = (p + Sp − 1) / (Se + Sp − 1),  cut to [0, 1].
 *
 * The standard error is that of the delta method, √(p(1−p)/n + π² Se(1−Se)/n_Se + (1−π)² Sp(1−Sp)/n_Sp) / (Se + Sp −
 * 1). The interval is that of Lang & Reiczigel (Preventive Veterinary Medicine 113, 2014): with z² pseudo-trials added
 * to p and one success and one failure each to Se and Sp (marked by '),
 *
 *   π' + d ± z √(p'(1−p')/n' + π'² Se'(1−Se')/n'_Se + (1−π')² Sp'(1−Sp')/n'_Sp) / (Se' + Sp' − 1),
 *   d = 2 z² (π' Se'(1−Se')/n'_Se − (1−π') Sp'(1−Sp')/n'_Sp),
 *
 * cut to [0, 1], with π' cut too. It takes in that Se and Sp are themselves estimates.
 *
 * @param options.level confidence level, default 0.95
 * @returns `null` where the test is no better than chance (Se + Sp ≤ 1), since then nothing can be told from it
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for counts that no test can have
 */
export function roganGladen(test: ImperfectTest, { level = 0.95 }: { readonly level?: number } = {}): Estimate | null {
  for (const [name, { successes, n }] of Object.entries(test) as [string, Proportion][]) {
    if (Number.isSafeInteger(n) && n >= 1 && successes >= 0 && successes <= n) continue
    throw invalidStatistic(`${name} needs a whole n ≥ 1 and successes from 0 to n, not ${successes} of ${n}`, {
      [name]: { successes, n },
    })
  }
  const plain = corrected(shareOf(test.observed), shareOf(test.sensitivity), shareOf(test.specificity))
  if (plain === null) return null
  const interval = langReiczigel(test, level)
  return { value: plain.share, n: test.observed.n, stderr: plain.error, interval }
}

interface Share {
  readonly p: number
  /** p(1 − p)/n. */
  readonly variance: number
}

function shareOf({ successes, n }: Proportion, added = 0): Share {
  const p = (successes + added / 2) / (n + added)
  return { p, variance: (p * (1 - p)) / (n + added) }
}

function corrected(observed: Share, sensitivity: Share, specificity: Share): { share: number; error: number } | null {
  const gain = sensitivity.p + specificity.p - 1
  if (gain <= 0) return null
  const share = Math.min(1, Math.max(0, (observed.p + specificity.p - 1) / gain))
  const variance = observed.variance + share ** 2 * sensitivity.variance + (1 - share) ** 2 * specificity.variance
  return { share, error: Math.sqrt(variance) / gain }
}

function langReiczigel({ observed, sensitivity, specificity }: ImperfectTest, level: number): Interval {
  const z = -normalQuantile(tailProbability(level))
  const [se, sp] = [shareOf(sensitivity, 2), shareOf(specificity, 2)]
  const method = 'lang-reiczigel'
  const found = corrected(shareOf(observed, z * z), se, sp)
  // One success and one failure more can take a test that was just better than chance to chance.
  if (found === null) return { lower: 0, upper: 1, method, level }
  const { share, error } = found
  const shift = 2 * z * z * (share * se.variance - (1 - share) * sp.variance)
  const centre = share + shift
  return { lower: Math.max(0, centre - z * error), upper: Math.min(1, centre + z * error), method, level }
}
