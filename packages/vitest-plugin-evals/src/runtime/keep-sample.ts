import type { EvalsError, SampleResult } from '@evals/core'
import type { TestContext } from 'vitest'
import { plannedKey, type EvalPlan, type PlannedSample } from './eval-plan.ts'
import { settleTest } from './settle-test.ts'
import { testFailure } from './test-failure.ts'

/** Lets a sample's test show what an earlier run recorded; nothing runs. */
export async function keepSample(plan: EvalPlan, planned: PlannedSample, context: TestContext): Promise<void> {
  const sample = { id: planned.sample.id, epoch: planned.epoch }
  const result = plan.results.get(sample)
  // What is kept was decided by what is recorded.
  if (result === undefined) return
  // That its test fails is nothing new to record.
  plan.recorded.add(plannedKey(planned))
  context.task.meta.evals = { ...result, kept: true }
  const thrown = hasFailed(result) ? recordedFailure(await reasonOf(plan, result)) : undefined
  settleTest(plan, { result, thrown }, context)
}

function hasFailed({ outcome, passed }: SampleResult): boolean {
  return outcome !== 'scored' || passed !== true
}

async function reasonOf({ resumed }: EvalPlan, { unscored, ...sample }: SampleResult): Promise<string> {
  return unscored === undefined ? resumed.failures.messageOf(sample) : `${unscored.error}: ${unscored.message}`
}

function recordedFailure(reason: string): EvalsError {
  const message = `Recorded by an earlier run, and not run again: ${reason}`
  return testFailure('EVALS_SAMPLE_FAILED_BEFORE', message, { reason })
}
