import type { EvalSummary, ExperimentDocument } from '@evals/core'
import type { FlippedSample, Verdict } from '@evals/core/stats'

/** What the report as Markdown shows. */
export interface MarkdownReport {
  readonly document: ExperimentDocument
  readonly evals: readonly EvalSummary[]
  readonly comparisons: readonly MarkdownComparison[]
}

/** What a comparison with an experiment found. */
export interface MarkdownComparison {
  readonly base: string
  readonly scores: readonly MarkdownScore[]
}

/** A score that was compared. */
export interface MarkdownScore {
  /** With its variant. */
  readonly eval: string
  readonly scorer: string
  readonly verdict: Verdict
  readonly sentence: string
  /** How many samples got worse and better. */
  readonly worse: number
  readonly better: number
  /** The first of them, the worse ones first. */
  readonly flips: readonly MarkdownFlip[]
}

/** A sample with another score than in the base. */
export interface MarkdownFlip extends FlippedSample {
  readonly input?: unknown
  /** Absent where none is stored. */
  readonly baseOutput?: unknown
  readonly otherOutput?: unknown
}
