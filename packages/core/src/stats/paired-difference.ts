import { allEqualInterval } from './all-equal-interval.ts'
import { adjustedShares, bonettPriceInterval } from './bonett-price-interval.ts'
import { clusteredMomentsOf } from './clustered-moments.ts'
import { checkScores } from './check-scores.ts'
import { clipInterval } from './clip-interval.ts'
import type { Estimate } from './estimate.ts'
import { checkPaired } from './invalid-statistic.ts'
import { mcnemarTest } from './mcnemar.ts'
import { momentsOf } from './running-moments.ts'
import type { ScoreDifference, ScoreKind } from './score-difference.ts'
import { signFlipTest } from './sign-flip-test.ts'
import { subtractScores } from './subtract-scores.ts'
import { tInterval } from './t-interval.ts'

/** Scores of the same samples by two sides, in the same order. */
export interface PairedScores extends ScoreKind {
  readonly base: readonly number[]
  readonly other: readonly number[]
  /** The cluster of each pair; without it every pair stands for itself. */
  readonly clusters?: readonly string[]
}

/**
 * The difference of paired scores, d = other − base of each sample, with its interval and test.
 *
 * - stderr: sd(d)/√n, or CR1 over clusters (`ClusteredMoments`);
 * - binary without clusters: McNemar's exact test, the interval of Bonett and Price;
 * - otherwise: the sign-flip test over clusters' sums of d, the t interval with n − 1 (or C − 1) degrees of freedom,
 *   cut to the differences that are possible, and `allEqualInterval` where all d are equal.
 *
 * @param options.level of the interval, default 0.95
 * @param options.seed random numbers of the sign-flip test, default 0
 * @returns `null` without pairs
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for lists of different lengths and scores that are not what is declared
 */
export function pairedDifference(
  scores: PairedScores,
  options: { readonly level?: number; readonly seed?: number } = {},
): ScoreDifference | null {
  const { kind, base, other, clusters } = scores
  checkPaired(base, other, 'scores of both sides')
  if (clusters !== undefined) checkPaired(base, clusters, 'scores and clusters')
  checkScores(base, scores)
  checkScores(other, scores)
  if (base.length === 0) return null
  const differences = base.map((score, index) => subtractScores(other[index]!, score))
  const common = { baseMean: momentsOf(base).mean!, otherMean: momentsOf(other).mean! }
  if (kind === 'binary' && clusters === undefined) return { ...common, ...binaryDifference(differences, options.level) }
  return { ...common, ...gradedDifference(differences, scores, options) }
}

type Difference = Omit<ScoreDifference, 'baseMean' | 'otherMean'>

function binaryDifference(differences: readonly number[], level = 0.95): Difference {
  const n = differences.length
  const onlyBase = differences.filter((difference) => difference < 0).length
  const onlyOther = differences.filter((difference) => difference > 0).length
  const { stderr } = momentsOf(differences)
  const pairs = { n, onlyBase, onlyOther }
  return {
    difference: { value: (onlyOther - onlyBase) / n, n, stderr, interval: bonettPriceInterval(pairs, { level }) },
    test: 'mcnemar',
    exact: true,
    pValue: mcnemarTest(onlyBase, onlyOther),
    design: { n, discordant: adjustedShares(pairs).discordant },
  }
}

function gradedDifference(
  differences: readonly number[],
  { clusters, range }: PairedScores,
  { level = 0.95, seed = 0 }: { readonly level?: number; readonly seed?: number },
): Difference {
  const { mean, stderr, sums, clusters: units } = clusteredMomentsOf(differences, clusters)
  const { pValue, exact } = signFlipTest(sums, { seed })
  // Differences that cancel leave rounding, which is no difference.
  const size = differences.reduce((sum, difference) => sum + Math.abs(difference), 0)
  const value = Math.abs(mean!) * differences.length <= 1e-12 * size ? 0 : mean!
  const unit = clusters === undefined ? 'pair' : 'cluster'
  return {
    difference: { value, n: differences.length, stderr, ...intervalOf({ value, stderr, units, unit, range, level }) },
    test: 'sign-flip',
    exact,
    pValue,
    design: stderr === null || stderr === 0 ? null : designOf(stderr, units),
  }
}

function designOf(stderr: number, units: number): ScoreDifference['design'] {
  return { n: units, differenceVariance: stderr ** 2 * units, degreesOfFreedom: units - 1 }
}

function intervalOf(facts: {
  readonly value: number
  readonly stderr: number | null
  readonly units: number
  readonly unit: 'pair' | 'cluster'
  readonly range: readonly [number, number]
  readonly level: number
}): Pick<Estimate, 'interval' | 'note'> {
  const { value, stderr, units, unit, level } = facts
  const reach = facts.range[1] - facts.range[0]
  const possible = [-reach, reach] as const
  const interval = tInterval({ n: units, mean: value, stderr }, { level })
  if (interval !== null) return { interval: clipInterval(interval, possible) }
  const bounded = allEqualInterval(value, units, { range: possible, level })
  const reason = units === 1 ? `one ${unit}` : `all ${units} ${unit}s differ by the same`
  const rest = bounded === null ? 'no interval is defined' : `the interval is what ${units} of them can rule out`
  return { interval: bounded, note: `${reason}: ${rest}` }
}
