import { checkScores } from './check-scores.ts'
import { clipInterval } from './clip-interval.ts'
import { clusteredMomentsOf, type ClusteredMoments } from './clustered-moments.ts'
import { fisherTest } from './fisher-test.ts'
import { newcombeInterval, type Proportion } from './newcombe-interval.ts'
import type { ScoreDifference, ScoreKind } from './score-difference.ts'
import { welchTest } from './welch-test.ts'

/** Scores of one side; its samples are not those of the other. */
export interface IndependentScores {
  readonly values: readonly number[]
  /** The cluster of each value; without it every value stands for itself. */
  readonly clusters?: readonly string[]
}

/**
 * The difference of two means of different samples, other − base. It sees far less than a paired one, since how hard
 * the samples are does not cancel: the fall-back where nothing can be paired.
 *
 * - binary without clusters: Fisher's exact test, Newcombe's interval;
 * - otherwise: Welch's test and interval, with CR1 standard errors where there are clusters.
 *
 * @param options.level of the interval, default 0.95
 * @returns `null` where a side has no values; no p-value where one has a single value or no spread is seen at all
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for scores that are not what is declared
 */
export function unpairedDifference(
  base: IndependentScores,
  other: IndependentScores,
  { kind, range, level = 0.95 }: ScoreKind & { readonly level?: number },
): ScoreDifference | null {
  for (const { values } of [base, other]) checkScores(values, { kind, range })
  if (base.values.length === 0 || other.values.length === 0) return null
  const before = clusteredMomentsOf(base.values, base.clusters)
  const after = clusteredMomentsOf(other.values, other.clusters)
  const means = { baseMean: before.mean!, otherMean: after.mean! }
  const isCounted = kind === 'binary' && base.clusters === undefined && other.clusters === undefined
  return {
    ...means,
    ...(isCounted
      ? fisherDifference(proportionOf(base), proportionOf(other), level)
      : welchDifference(before, after, { reach: range[1] - range[0], level })),
  }
}

type Difference = Omit<ScoreDifference, 'baseMean' | 'otherMean'>

function fisherDifference(before: Proportion, after: Proportion, level: number): Difference {
  const n = Math.min(before.n, after.n)
  const [p1, p2] = [before.successes / before.n, after.successes / after.n]
  const variance = (p1 * (1 - p1)) / (before.n - 1) + (p2 * (1 - p2)) / (after.n - 1)
  return {
    difference: {
      value: p2 - p1,
      n,
      stderr: n < 2 ? null : Math.sqrt(variance),
      interval: newcombeInterval(after, before, { level }),
    },
    test: 'fisher',
    exact: true,
    pValue: fisherTest(after, before),
    design: { n, differenceVariance: n * (adjustedVariance(after) + adjustedVariance(before)) },
  }
}

function welchDifference(
  before: ClusteredMoments,
  after: ClusteredMoments,
  { reach, level }: { readonly reach: number; readonly level: number },
): Difference {
  const n = Math.min(before.n, after.n)
  const unknown = (stderr: number | null, reason: string): Difference => ({
    difference: {
      value: after.mean! - before.mean!,
      n,
      stderr,
      interval: null,
      note: `${reason}: no interval is defined`,
    },
    test: 'welch',
    exact: true,
    pValue: null,
    design: null,
  })
  if (before.stderr === null || after.stderr === null) return unknown(null, 'a single value or cluster on one side')
  const { difference, stderr, degreesOfFreedom, interval, pValue } = welchTest(
    { mean: after.mean!, stderr: after.stderr, degreesOfFreedom: after.clusters - 1 },
    { mean: before.mean!, stderr: before.stderr, degreesOfFreedom: before.clusters - 1 },
    { level },
  )
  if (interval === null) return unknown(0, 'no spread on either side')
  return {
    difference: { value: difference, n, stderr, interval: clipInterval(interval, [-reach, reach]) },
    test: 'welch',
    exact: true,
    pValue,
    design: { n, differenceVariance: n * stderr ** 2, degreesOfFreedom },
  }
}

function proportionOf({ values }: IndependentScores): Proportion {
  return { successes: values.filter((value) => value === 1).length, n: values.length }
}

/**
 * p̃(1 − p̃)/(n + 2) after one success and one failure were added (Agresti & Caffo, The American Statistician 54,
 * 2000).
 */
function adjustedVariance({ successes, n }: Proportion): number {
  const p = (successes + 1) / (n + 2)
  return (p * (1 - p)) / (n + 2)
}
