import {
  declareScorers,
  keyOf,
  readThresholds,
  type ResultSet,
  type Sample,
  type SamplePlan,
  type Threshold,
  type Variant,
} from '@evals/core'
import type { Reducer } from '@evals/core/reducers'
import type { Pilot } from './pilot.ts'
import type { ResumedEval } from './resume-eval.ts'
import type { WorkerRun } from './worker-state.ts'
import { WorstSamples } from './worst-samples.ts'

/** One planned repetition of a sample. */
export interface PlannedSample {
  readonly sample: Sample
  readonly epoch: number
}

/** One eval × variant in one worker: what is planned and what came of it. */
export interface EvalPlan extends SamplePlan {
  /** `path > describes > name`. */
  readonly eval: string
  readonly variant: Variant
  readonly planned: readonly PlannedSample[]
  readonly maxErrorRate: number
  readonly thresholds: readonly Threshold[]
  /** Absent while tests are only listed. */
  readonly run: WorkerRun | undefined
  /** Other processes run the other samples. */
  readonly sharded: boolean
  /** Present where the planned samples are only the pilot of an estimate. */
  readonly pilot?: Pilot | undefined
  /** Make one score of a sample's epochs. */
  readonly reducers: readonly Reducer[]
  readonly resumed: ResumedEval
  /** Of this run and, in an experiment that goes on, of earlier ones. */
  readonly results: ResultSet
  readonly worst: WorstSamples
  /** Planned samples that have a record of this run, or of which that of an earlier one was shown. */
  readonly recorded: Set<string>
  /** Samples of this run whose task called `context.skip()`: keys, see `plannedKey`; `true`: an earlier run recorded it. */
  readonly skipped: Map<string, boolean>
  /** Samples of this run that ended in an error or a timeout. */
  errors: number
}

/** What a plan is made of. */
export type PlanParts = Omit<EvalPlan, 'results' | 'worst' | 'recorded' | 'skipped' | 'errors' | 'thresholds'> & {
  readonly thresholds: Parameters<typeof readThresholds>[0]
}

/** Plans an eval. */
export function createPlan({ thresholds, ...parts }: PlanParts): EvalPlan {
  return {
    ...parts,
    thresholds: readThresholds(thresholds, parts.scorers),
    results: parts.resumed.plan.results,
    worst: new WorstSamples(declareScorers(parts.scorers), parts.resumed.plan.removedScorers),
    recorded: new Set(),
    skipped: new Map(),
    errors: 0,
  }
}

/** What identifies a planned sample among those of its plan. */
export function plannedKey({ sample, epoch }: PlannedSample): string {
  return keyOf({ id: sample.id, epoch })
}

/** Planned samples without any result, or cancelled, those apart that skipped themselves. */
export function missingSamples({ planned, skipped, results }: EvalPlan): number {
  const cancelled = [...results.values()].filter(({ outcome }) => outcome === 'cancelled').length
  return Math.max(0, planned.length - skipped.size - results.size + cancelled)
}
