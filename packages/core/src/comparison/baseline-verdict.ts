import type { ScoreComparison, Verdict } from './score-comparison.ts'

/** What a run is compared with, and how it is judged by that. */
export interface BaselineOptions {
  /** Name of an experiment, or a glob of names: the newest completed one. */
  readonly experiment: string
  /** Chance of a false alarm over all scorers of an eval together, default 0.05. */
  readonly alpha?: number
  /** Declines up to it are of no concern, in the units of the scores. Default: none is. */
  readonly margin?: number
  /**
   * `worse` (default) fails an eval that is found to be worse; `notWorse`, which needs a margin, one that is not found to
   * be better, or not worse by more than the margin.
   */
  readonly gate?: 'worse' | 'notWorse'
}

/** One scorer against the baseline. Its p-value is adjusted over the scorers of the eval. */
export interface BaselineScore extends Omit<ScoreComparison, 'eval' | 'variant' | 'flips' | 'tags'> {
  /** All of it in one sentence, see `describeVerdict`. */
  readonly sentence: string
  /** The same with the p-value adjusted (Holm) over all `tests` of the run; absent before its end. */
  readonly inRun?: { readonly tests: number; readonly pAdjusted: number | null; readonly verdict: Verdict }
}

/** What the comparison with a baseline says of one eval and variant. */
export interface BaselineVerdict {
  /** The experiment that was compared with. */
  readonly experiment: string
  readonly gate: 'worse' | 'notWorse'
  /** `null`: not judged; then `message` says why. */
  readonly passed: boolean | null
  readonly message: string
  readonly scores: readonly BaselineScore[]
}
