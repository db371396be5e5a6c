import {
  isSkip,
  runSample,
  scoreStored,
  systemClock,
  toSampleResult,
  type RecordEntry,
  type SampleJob,
  type SampleResult,
  type SampleRun,
  type StoredAnswerJob,
} from '@evals/core'
import { plannedKey, type EvalPlan, type PlannedSample } from './eval-plan.ts'
import type { Redact } from './redact.ts'
import { unknownScores } from './unknown-scores.ts'
import type { WorkerRun } from './worker-state.ts'

/** Where a sample's record goes, and through what. */
export interface Recording {
  readonly plan: EvalPlan
  readonly run: WorkerRun
  readonly redact: Redact
}

/** A recorded sample: its result, and what its test fails with, `undefined` if it passed. */
export interface RecordedSample {
  readonly result: SampleResult
  readonly thrown?: unknown
}

/**
 * Runs one sample and durably appends its record. A task that called `context.skip()` neither answered nor failed: it
 * leaves no record, and what it threw is thrown on.
 */
export async function recordSample(
  recording: Recording,
  planned: PlannedSample,
  { task, assertions }: Pick<SampleJob, 'task' | 'assertions'>,
): Promise<RecordedSample> {
  const { plan, run, redact } = recording
  const finished = await runSample({
    ...jobOf(recording, planned),
    task,
    ...(assertions === undefined ? {} : { assertions }),
    onAnswered: (answered) => append(run, redact(answered)),
  })
  if (isSkip(finished.thrown)) {
    const key = plannedKey(planned)
    plan.skipped.set(key, plan.results.has({ id: planned.sample.id, epoch: planned.epoch }))
    // What an earlier run recorded counts no more.
    plan.results.remove([key])
    throw finished.thrown
  }
  return keep(recording, planned, finished)
}

/**
 * Judges a stored answer by the scorers that have yet to do so, and durably appends a record of its own. `undefined` if
 * the answer was given to another input, and the task has to run.
 */
export async function recordStoredScores(
  recording: Recording,
  planned: PlannedSample,
  answer: Pick<StoredAnswerJob, 'stored' | 'scorers'>,
): Promise<RecordedSample | undefined> {
  const { store, experiment } = recording.run
  const readAttachment = (sha256: string): Promise<Uint8Array> => store.readAttachment(experiment, sha256)
  const { removedScorers } = recording.plan.resumed.plan
  const finished = await scoreStored({ ...jobOf(recording, planned), ...answer, removedScorers, readAttachment })
  return finished === undefined ? undefined : keep(recording, planned, finished)
}

function jobOf({ plan, run }: Recording, { sample, epoch }: PlannedSample) {
  return {
    key: { eval: plan.eval, variant: plan.variant, id: sample.id, epoch },
    run: run.id,
    revision: plan.resumed.plan.revision,
    sample,
    plan,
    signal: run.signal,
    clock: systemClock,
  }
}

async function keep(
  { plan, run, redact }: Recording,
  { sample, epoch }: PlannedSample,
  finished: SampleRun,
): Promise<RecordedSample> {
  const written = redact(finished)
  await append(run, written)
  const result = toSampleResult(written.record)
  plan.recorded.add(plannedKey({ sample, epoch }))
  plan.results.add(result)
  // oxlint-disable-next-line no-console -- a worker has no other way to a person
  for (const warning of unknownScores(plan, result)) console.warn(warning)
  if (result.outcome === 'scored') plan.worst.add(written.record)
  return { result, thrown: written.thrown }
}

/** When an append fails, no further sample starts, because its result would be lost. */
async function append(run: WorkerRun, entry: RecordEntry): Promise<void> {
  try {
    await run.store.append(run.experiment, entry)
  } catch (error) {
    run.broken ??= error
    throw error
  }
}
