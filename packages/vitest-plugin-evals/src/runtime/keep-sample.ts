import { EvalsError, type SampleResult } from '@evals/core'
import type { TestContext } from 'vitest'
import { plannedKey, type EvalPlan, type PlannedSample } from './eval-plan.ts'
import { settleTest } from './settle-test.ts'

/** Lets a sample's test show what an earlier run recorded; nothing runs. */
export async function keepSample(plan: EvalPlan, planned: PlannedSample, context: TestContext): Promise<void> {
  const sample = { id: planned.sample.id, epoch: planned.epoch }
  const result = plan.results.get(sample)
  // What is kept was decided by what is recorded.
  if (result === undefined) return
  // That its test fails is nothing new to record.
  plan.recorded.add(plannedKey(planned))
  context.task.meta.evals = result
  const thrown = hasFailed(result) ? recordedFailure(await plan.resumed.failures.messageOf(sample)) : undefined
  settleTest(plan, { result, thrown }, context)
}

function hasFailed({ outcome, passed, scores }: SampleResult): boolean {
  return outcome !== 'scored' || passed === false || Object.values(scores).includes('failed')
}

function recordedFailure(message: string): EvalsError {
  const error = new EvalsError(
    'EVALS_SAMPLE_FAILED_BEFORE',
    `Recorded by an earlier run, and not run again: ${message}`,
  )
  // Where in this file it was thrown helps nobody.
  error.stack = `${error.name}: ${error.message}`
  return error
}
