import type { LimiterChange } from '../limiter/limiter-change.ts'
import type { Variant } from '../record/record.ts'
import type { Decision } from '../resume/decide.ts'
import type { Drift } from '../resume/drift.ts'
import type { ExperimentStatus } from '../store/experiment-document.ts'
import type { EvalSummary } from '../summary/eval-summary.ts'
import type { SampleResult } from '../summary/sample-result.ts'

/** What happens while an evaluation runs. Numbers of samples count epochs and variants. */
export type EvaluationEvent =
  | {
      readonly type: 'run.started'
      readonly experiment: string
      readonly run: string
      readonly evals: readonly StartedEval[]
    }
  | {
      /** A sample has run, or its stored output has been scored, and its record is written. */
      readonly type: 'sample.completed'
      readonly eval: string
      readonly variant: Variant
      readonly action: Exclude<Decision['action'], 'keep'>
      readonly result: SampleResult
    }
  | {
      /** Where the run stands, a few times a second and at its end. */
      readonly type: 'run.progress'
      readonly planned: number
      /** With a recorded state, also from earlier runs. */
      readonly done: number
      /** Those of `done` that ended in an error or a timeout. */
      readonly errors: number
    }
  | {
      /** A scorer's mean over all scores so far, with each `run.progress` that brought new ones. */
      readonly type: 'metric.updated'
      readonly eval: string
      readonly variant: Variant
      readonly scorer: string
      readonly n: number
      readonly mean: number
    }
  | { readonly type: 'limiter.changed'; readonly change: LimiterChange }
  | {
      readonly type: 'run.completed'
      readonly experiment: string
      readonly run: string
      readonly status: ExperimentStatus
      readonly summaries: readonly EvalSummary[]
    }

/** What is to be done for one eval and variant. */
export interface StartedEval {
  readonly eval: string
  readonly variant: Variant
  readonly planned: number
  /** How many keep their recorded state, have a stored output to score, run. */
  readonly counts: Readonly<Record<Decision['action'], number>>
  /** Absent where nothing was stored. */
  readonly drift?: Drift
}

/** Is told what happens, in order; what it throws ends the evaluation. */
export type EventSink = (event: EvaluationEvent) => void
