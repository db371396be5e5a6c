import type { Sample } from '../dataset/sample.ts'
import type { RecordKey } from '../record/record.ts'
import type { Decision } from '../resume/decide.ts'
import { runSample } from '../sample/run-sample.ts'
import type { SampleRun } from '../sample/sample-job.ts'
import { scoreStored } from '../sample/score-stored.ts'
import { toSampleResult, type SampleResult } from '../summary/sample-result.ts'
import type { EvalRun } from './eval-run.ts'
import type { EvaluationSettings } from './evaluation-settings.ts'
import { createTaskContext } from './task-context.ts'

/** What all repetitions of a run have in common. */
export interface RepetitionSetting {
  readonly settings: EvaluationSettings
  readonly run: string
  readonly experiment: string
  /** Cancels samples in progress. */
  readonly signal: AbortSignal
}

/** A repetition with something to do. */
export interface UnfinishedRepetition {
  readonly sample: Sample
  readonly epoch: number
  readonly decision: Exclude<Decision, { action: 'keep' }>
}

/** A repetition that was done in this run, and how. */
export interface DoneRepetition {
  readonly action: UnfinishedRepetition['decision']['action']
  readonly result: SampleResult
}

/**
 * Does what is to be done for one repetition, and appends its record.
 * @throws EvalsError of the store
 */
export async function runRepetition(
  setting: RepetitionSetting,
  evalRun: EvalRun,
  { sample, epoch, decision }: UnfinishedRepetition,
): Promise<DoneRepetition> {
  const { settings, run, experiment, signal } = setting
  const { resume, variant, values } = evalRun
  const { store, clock, samplePlan: plan, task } = settings
  const key: RecordKey = { eval: settings.name, variant, id: sample.id, epoch }
  const job = { key, run, revision: resume.revision, sample, plan, signal, clock }
  const stored = decision.action === 'score' ? await evalRun.answers.take(key) : undefined
  let done: SampleRun | undefined
  if (decision.action === 'score' && stored !== undefined) {
    const readAttachment = (sha256: string): Promise<Uint8Array> => store.readAttachment(experiment, sha256)
    const { removedScorers } = resume
    done = await scoreStored({ ...job, stored, scorers: decision.scorers, removedScorers, readAttachment })
  }
  const action = done === undefined ? 'run' : 'score'
  done ??= await runSample({
    ...job,
    task: (scope, aborts) =>
      // The context has the values that the type of the task asks for.
      task(sample.row, createTaskContext({ sample, epoch, variant, values, scope, aborts }) as never),
    onAnswered: (entry) => store.append(experiment, entry),
  })
  await store.append(experiment, done)
  const result = toSampleResult(done.record)
  resume.results.add(result)
  return { action, result }
}
