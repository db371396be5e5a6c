import type { Estimate } from './estimate.ts'
import type { PairedDesign } from './power.ts'

/** How the scores of both sides are to be read. */
export interface ScoreKind {
  /** `binary`: 0 or 1; `graded`: anything else. */
  readonly kind: 'binary' | 'graded'
  /** Least and greatest possible score; may be infinite. */
  readonly range: readonly [min: number, max: number]
}

/** The difference of two means, other − base, with its test. */
export interface ScoreDifference {
  readonly baseMean: number
  readonly otherMean: number
  /** Other − base, in the units of the scores; `n` counts pairs, or the samples of the smaller side. */
  readonly difference: Estimate
  /** `mcnemar` and `sign-flip` are paired, `fisher` and `welch` are not. */
  readonly test: 'mcnemar' | 'sign-flip' | 'fisher' | 'welch'
  /** The p-value is computed, not estimated from seeded random patterns. */
  readonly exact: boolean
  /** Two-sided; `null` where no test is possible. */
  readonly pValue: number | null
  /**
   * For `power` and its siblings: what a repetition has to expect, with n independent units; `null` where nothing is
   * known.
   */
  readonly design: (PairedDesign & { readonly n: number }) | null
}
