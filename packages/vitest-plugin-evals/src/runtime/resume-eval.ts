import {
  describeDrift,
  evalKey,
  planResume,
  StoredAnswers,
  type ExperimentStore,
  type PassWhen,
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
  /** The tests were picked by hand, or watch mode runs all: they run, whatever is recorded. */
  readonly rerun: boolean
  /** How the eval differs from what is recorded, in lines; absent where nothing is. */
  readonly drift?: readonly string[]
  readonly answers: StoredAnswers
  readonly failures: RecordedFailures
}

const unknownTask = 'experiment.json does not tell what task gave the recorded answers, so a change is not noticed'

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
    readonly passWhen: PassWhen | undefined
    readonly task: TaskFingerprint
    /** Other processes run the other samples. */
    readonly sharded: boolean
  },
): ResumedEval {
  const key = evalKey(facts.eval, facts.variant)
  const { mode = 'auto', rerun = 'none', fingerprints = {} } = run?.resume ?? {}
  const before = Object.hasOwn(fingerprints, key) ? fingerprints[key] : undefined
  const plan = planResume({ ...facts, mode, history: run?.histories.get(key), before, rerun: rerun === 'all' })
  const store: Pick<ExperimentStore, 'scan'> = run?.store ?? { async *scan() {} }
  const of = { eval: facts.eval, variant: facts.variant, revision: plan.revision }
  const experiment = run?.experiment ?? ''
  // A shard that began at the same time may have recorded before its document told what the task is.
  const isUnknown = before === undefined && !facts.sharded
  const told = {
    // What is without a record may be another shard's.
    ...(facts.sharded ? { added: [] } : {}),
    // The figures tell it, those of later runs too.
    ...(mode === 'force' ? { task: [] } : {}),
  }
  return {
    plan,
    rerun: rerun !== 'none',
    ...(plan.drift === undefined
      ? {}
      : { drift: [...describeDrift({ ...plan.drift, ...told }), ...(isUnknown ? [unknownTask] : [])] }),
    answers: new StoredAnswers(store, experiment, { ...of, keys: plan.toScore }),
    failures: new RecordedFailures(store, experiment, of),
  }
}
