import {
  runSample,
  systemClock,
  toSampleResult,
  toStoredError,
  type RecordEntry,
  type SampleJob,
  type SampleResult,
} from '@evals/core'
import { plannedKey, type EvalPlan, type PlannedSample } from './eval-plan.ts'
import type { Redact } from './redact.ts'
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
  { plan, run, redact }: Recording,
  { sample, epoch }: PlannedSample,
  { task, assertions }: Pick<SampleJob, 'task' | 'assertions'>,
): Promise<RecordedSample> {
  const finished = await runSample({
    key: { eval: plan.eval, variant: plan.variant, id: sample.id, epoch },
    run: run.id,
    revision: 0,
    sample,
    plan,
    signal: run.signal,
    clock: systemClock,
    task,
    ...(assertions === undefined ? {} : { assertions }),
    onAnswered: (answered) => append(run, redact(answered)),
  })
  if (finished.thrown instanceof Error && toStoredError(finished.thrown).code === 'VITEST_PENDING') {
    plan.skipped += 1
    throw finished.thrown
  }
  const written = redact(finished)
  await append(run, written)
  const result = toSampleResult(written.record)
  plan.recorded.add(plannedKey({ sample, epoch }))
  plan.results.add(result)
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
