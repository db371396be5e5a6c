import { datasetIdentity, type DatasetIdentity } from '../dataset/dataset-identity.ts'
import { readSamples } from '../dataset/read-samples.ts'
import type { Sample } from '../dataset/sample.ts'
import { EvalsError } from '../errors.ts'
import { evalKey } from '../record/eval-key.ts'
import type { EvalHistory } from '../resume/eval-history.ts'
import { beginResume, type BegunResume, type PlannedRepetition, type ResumePlan } from '../resume/plan-resume.ts'
import { StoredAnswers } from '../resume/stored-answers.ts'
import { keyOf } from '../summary/result-set.ts'
import type { EvaluationSettings } from './evaluation-settings.ts'
import type { ExperimentSession } from './experiment-session.ts'
import { variantCombinations, type VariantCombination } from './variant-combinations.ts'

/** One planned repetition; of a sample that keeps its recorded state everywhere the row is not held. */
export interface Repetition extends PlannedRepetition {
  readonly sample: Sample | PlannedRepetition['sample']
}

/** One combination of variants of the eval that is run. */
export interface EvalRun extends VariantCombination {
  readonly resume: ResumePlan
  /** Outputs that are to be scored again. */
  readonly answers: StoredAnswers
}

/** The eval that is run: its planned repetitions, in every combination of variants. */
export interface PlannedEvals {
  readonly planned: readonly Repetition[]
  readonly plannedKeys: ReadonlySet<string>
  readonly dataset: DatasetIdentity
  readonly runs: readonly EvalRun[]
}

/**
 * Plans what an evaluation does, and reads its dataset.
 * @throws EvalsError `EVALS_EXPERIMENT_DRIFTED`, `EVALS_EVAL_INVALID`, and those of the dataset
 */
export async function planEvals(
  settings: EvaluationSettings,
  { experiment, before }: Pick<ExperimentSession, 'experiment' | 'before'>,
  histories: ReadonlyMap<string, EvalHistory>,
): Promise<PlannedEvals> {
  const { name, data, store, mode, samplePlan, fingerprint: task } = settings
  const { scorers, passWhen } = samplePlan
  const begun = variantCombinations(settings.variants).map((combination) => {
    const { variant } = combination
    const key = evalKey(name, variant)
    const of = { eval: name, variant, history: histories.get(key), before: before?.evals[key]?.fingerprint }
    return { combination, resume: beginResume({ ...of, mode, scorers, passWhen, task }) }
  })
  const planned = await planRepetitions(settings, (repetition) =>
    begun.some(({ resume }) => isLeft(resume, repetition)),
  )
  const runs = begun.map(({ combination, resume }): EvalRun => {
    const plan = resume.plan(planned)
    const { revision, toScore: keys } = plan
    const wanted = { eval: name, variant: combination.variant, revision, keys }
    return { ...combination, resume: plan, answers: new StoredAnswers(store, experiment, wanted) }
  })
  const samples = planned.flatMap(({ sample, epoch }) => (epoch === 0 ? [sample] : []))
  const plannedKeys = new Set(planned.map(({ sample, epoch }) => keyOf({ id: sample.id, epoch })))
  return { planned, plannedKeys, dataset: datasetIdentity(data, samples), runs }
}

function isLeft(resume: BegunResume, repetition: PlannedRepetition): boolean {
  return resume.decide(repetition).action !== 'keep'
}

async function planRepetitions(
  { data, picks, selection, root, epochs, allowEmpty }: EvaluationSettings,
  isNeeded: (repetition: PlannedRepetition) => boolean,
): Promise<Repetition[]> {
  const planned: Repetition[] = []
  for await (const sample of readSamples({ dataset: data, picks, selection, root })) {
    const { id, rowHash } = sample
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      planned.push({ sample: isNeeded({ sample, epoch }) ? sample : { id, rowHash }, epoch })
    }
  }
  if (planned.length > 0 || allowEmpty || selection.ids !== undefined || selection.tags !== undefined) return planned
  throw new EvalsError(
    'EVALS_DATASET_EMPTY',
    '0 samples: the dataset has no rows. Check the dataset and `selection`, or set `allowEmpty: true`.',
  )
}
