import type { BaselineVerdict } from '../comparison/baseline-verdict.ts'
import type { DatasetIdentity } from '../dataset/dataset-identity.ts'
import type { Usage } from '../model/language-model.ts'
import type { Outcome, SampleLimit, Variant } from '../record/record.ts'
import type { EvalFingerprint } from '../resume/eval-fingerprint.ts'
import type { ScoreScale } from '../scoring/scorer.ts'
import type { Estimate } from '../stats/estimate.ts'
import type { ModelUse } from './model-use.ts'

/** What is known of a scorer before any score: its name and how its values are to be read. */
export interface ScorerDeclaration extends ScoreScale {
  readonly name: string
}

/** How many samples (× epochs) of an eval ended how; `missing` are planned ones without a record. */
export interface SampleCounts extends Readonly<Record<'total' | 'missing' | Outcome, number>> {
  /** Of the scored ones those with a wrong answer, by an `expect` or `passWhen`; absent in documents of earlier versions. */
  readonly failed?: number
  /** Of the scored ones those of which nobody can say whether they passed: a scorer or `passWhen` failed. Absent: none. */
  readonly unjudged?: number
}

/** One scorer's figures over the samples of an eval. */
export interface ScorerSummary {
  /** Samples with at least one scored epoch. */
  readonly n: number
  /** Mean of the samples' scores, epochs averaged first; `null` without any. */
  readonly mean: number | null
  readonly stderr: number | null
  readonly ci: readonly [lower: number, upper: number] | null
  /** Method of `ci`, for example `wilson`. */
  readonly method: string | null
  /** Confidence level of `ci`. */
  readonly level: number | null
  readonly kind: 'binary' | 'graded'
  /** The scorer declares no `kind`: it is that of the scores there are. Absent where it does. */
  readonly kindGuessed?: true
  readonly direction: 'higher' | 'lower'
  /** Least and greatest possible score; `null` where a side is not bounded. */
  readonly range: readonly [min: number | null, max: number | null]
  /** How many clusters the samples form; absent where none is in one. */
  readonly clusters?: number
  /**
   * The least difference that a paired comparison with a next run of the same samples finds with probability 0.8 at α =
   * 0.05 divided by the number of scorers, if the scores of both runs have nothing to do with each other (related ones
   * show less); `null`: none, or unknown. Absent in the figures of tags.
   */
  readonly minimumDetectableDifference?: number | null
  /** Samples without a score, whatever the reason: errors and timeouts too. */
  readonly unscored: number
  /** Epochs without a score of samples that have one in another epoch; absent where none. */
  readonly unscoredEpochs?: number
  /** Records whose scorer returned `null`. */
  readonly notScored: number
  /** Records whose scorer failed. */
  readonly failed: number
  /** Records not judged because an assertion failed first. */
  readonly absent: number
  /** The mean if every epoch without a score had got the least, or the greatest, possible one; absent where all have one. */
  readonly bounds?: readonly [lower: number, upper: number]
  readonly note?: string
  /** Values of the scorer's own metrics and of the eval's reducers by name. */
  readonly metrics?: Readonly<Record<string, Estimate>>
}

/** A bound on a figure and what was found. */
export interface ThresholdVerdict {
  /** For example `exactMatch mean ≥ 0.8`. */
  readonly threshold: string
  /** `null`: not judged; then `message` says why. */
  readonly passed: boolean | null
  readonly value: number | null
  readonly message: string
}

/** The figures of one eval and variant. */
export interface EvalSummary {
  readonly eval: string
  readonly variant: Variant
  readonly samples: SampleCounts
  /**
   * Samples with records (`id`, or `id #epoch`) that are no part of the eval any more: their records count no more. Empty or
   * absent where none; absent in what a run of only some samples finds.
   */
  readonly removed?: readonly string[]
  /** Share of the samples that may end in an error or a timeout; absent: none may. */
  readonly maxErrorRate?: number
  readonly scorers: Readonly<Record<string, ScorerSummary>>
  /** Means per tag, where samples have tags. */
  readonly tags?: Readonly<Record<string, TagSummary>>
  readonly thresholds: readonly ThresholdVerdict[]
  /** The comparison with a baseline; absent where none was asked for. */
  readonly baseline?: BaselineVerdict
  /**
   * `true`: all thresholds, and the baseline's gate, hold; `false`: one is missed; `null`: none was asked for, or one was
   * not judged.
   */
  readonly verdict: boolean | null
  readonly usage: Usage
  /** US dollars; `null` where unknown or where no model was called. */
  readonly costUsd: { readonly total: number; readonly mean: number } | null
  /** `usage` and cost by model and purpose; absent where no model was called. */
  readonly models?: readonly ModelUse[]
  /** How many samples' model calls were stopped at which limit; absent where none. */
  readonly limited?: Readonly<Partial<Record<SampleLimit, number>>>
  /** The task's time of scored samples. */
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number } | null
  /** What the samples were read from; absent where it was not recorded. */
  readonly dataset?: DatasetIdentity
  /** What the eval was; absent where it was not recorded. */
  readonly fingerprint?: EvalFingerprint
}

/** The figures of the samples that carry one tag. */
export interface TagSummary {
  readonly samples: number
  readonly scorers: Readonly<Record<string, ScorerSummary>>
}
