import {
  evalKey,
  planResume,
  StoredAnswers,
  type ExperimentStore,
  type ResumePlan,
  type Scorer,
  type TaskFingerprint,
  type Variant,
} from '@evals/core'
import type { PlannedSample } from './eval-plan.ts'
import { RecordedFailures } from './recorded-failures.ts'
import type { WorkerRun } from './worker-state.ts'

/** How one eval and variant goes on with what earlier runs recorded. */
export interface ResumedEval {
  readonly plan: ResumePlan
  /** The tests were picked by hand: they run, whatever is recorded. */
  readonly rerun: boolean
  readonly answers: StoredAnswers
  readonly failures: RecordedFailures
}

/**
 * Plans how an eval goes on.
 * @throws EvalsError `EVALS_EXPERIMENT_DRIFTED`
 */
export function resumeEval(
  run: WorkerRun | undefined,
  facts: {
    readonly eval: string
    readonly variant: Variant
    readonly planned: readonly PlannedSample[]
    readonly scorers: readonly Scorer[]
    readonly task: TaskFingerprint
  },
): ResumedEval {
  const key = evalKey(facts.eval, facts.variant)
  const { mode = 'auto', rerun = false, fingerprints = {} } = run?.resume ?? {}
  const before = Object.hasOwn(fingerprints, key) ? fingerprints[key] : undefined
  const plan = planResume({ ...facts, mode, history: run?.histories.get(key), before })
  const store: Pick<ExperimentStore, 'scan'> = run?.store ?? { async *scan() {} }
  const of = { eval: facts.eval, variant: facts.variant, revision: plan.revision }
  const experiment = run?.experiment ?? ''
  return {
    plan,
    rerun,
    answers: new StoredAnswers(store, experiment, { ...of, keys: plan.toScore }),
    failures: new RecordedFailures(store, experiment, of),
  }
}
