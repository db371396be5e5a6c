import type { Variant } from '../record/record.ts'
import type { Adjustment } from '../stats/adjust-p-values.ts'
import type { Estimate } from '../stats/estimate.ts'
import type { ScoreDifference } from '../stats/score-difference.ts'

/** `inconclusive` is shown as "cannot tell". */
export type Verdict = 'better' | 'worse' | 'notWorse' | 'inconclusive'

/**
 * Why a sample that one side scored has no partner: the other side does not have it (`missing`), or has no score of it,
 * since it ended so (`error`, `timeout`, `cancelled`), its scorer gave `null` (`notScored`) or failed, or nobody asked
 * (`absent`).
 */
export type UnpairedReason = 'missing' | 'error' | 'timeout' | 'cancelled' | 'notScored' | 'failed' | 'absent'

/** How many samples have no partner, by reason; empty if all have one. */
export type UnpairedCounts = Readonly<Partial<Record<UnpairedReason, number>>>

/** A sample whose score differs between the sides; epochs are averaged. */
export interface FlippedSample {
  readonly id: string
  readonly base: number
  readonly other: number
}

/** What differs how; counts are complete, the lists hold the greatest changes. */
export interface Flips {
  readonly better: number
  readonly worse: number
  readonly same: number
  readonly toBetter: readonly FlippedSample[]
  readonly toWorse: readonly FlippedSample[]
}

/** A difference with its verdict. */
export interface JudgedDifference {
  /** Pairs; unpaired, the samples of the smaller side. */
  readonly n: number
  /** Mean of the compared samples; `null` without any. */
  readonly baseMean: number | null
  readonly otherMean: number | null
  /** Other − base, whichever direction is better; `null` where a side has no score. */
  readonly difference: Estimate | null
  readonly test: ScoreDifference['test'] | null
  /** The p-value is computed, not estimated from seeded random patterns. */
  readonly exact: boolean
  /** Two-sided. */
  readonly pValue: number | null
  /** Adjusted for all tests made together; the verdict goes by it. */
  readonly pAdjusted: number | null
  readonly verdict: Verdict
}

/** The scores of one tag's samples. `pAdjusted` is by Holm over the tags of one comparison. */
export interface TagComparison extends JudgedDifference {
  readonly tag: string
}

/** One scorer of one eval and variant on both sides. */
export interface ScoreComparison extends JudgedDifference {
  readonly eval: string
  readonly variant: Variant
  readonly scorer: string
  readonly kind: 'binary' | 'graded'
  readonly direction: 'higher' | 'lower'
  /** Least and greatest possible score; `null` where a side is not bounded. */
  readonly range: readonly [min: number | null, max: number | null]
  /** `unpaired`: no sample has a score on both sides, so different ones are compared, with far less power. */
  readonly pairing: 'paired' | 'unpaired'
  /** How many samples each side scored. */
  readonly scored: { readonly base: number; readonly other: number }
  readonly unpaired: { readonly base: UnpairedCounts; readonly other: UnpairedCounts }
  /** Pairs of which the row (label, input, tags, metadata) is not that of the base: the difference may be theirs. */
  readonly changedRows: number
  /** The scorer is known not to be the one of the base: the difference may be its own. */
  readonly scorerChanged: boolean
  /** How many clusters the compared samples form; absent without clusters. */
  readonly clusters?: number
  readonly alpha: number
  readonly adjustment: Adjustment
  /** How many p-values were adjusted together, 1 if none were. */
  readonly tests: number
  /** What `notWorse` means: not worse by more than this. */
  readonly margin?: number
  /**
   * The least difference found with probability 0.8, at α divided by the number of tests; `null`: none that is possible,
   * or unknown.
   */
  readonly minimumDetectableDifference: number | null
  /**
   * Samples with which a difference as observed would be settled with probability 0.8, always more than `n`; `null` where it is settled, or
   * where no number of samples would do, as for a difference of 0.
   */
  readonly samplesNeeded: number | null
  readonly flips: Flips
  /** By tag, sorted; absent for unpaired comparisons. */
  readonly tags: readonly TagComparison[]
}

/** Two collections of results, compared. */
export interface Comparison {
  readonly scores: readonly ScoreComparison[]
  /** Evals (with variant) that only one side has: nothing to compare. */
  readonly onlyInBase: readonly string[]
  readonly onlyInOther: readonly string[]
}
