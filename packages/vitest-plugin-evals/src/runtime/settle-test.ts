import { allowedErrors, messageOf, type SampleResult } from '@evals/core'
import type { TestContext } from 'vitest'
import type { EvalPlan } from './eval-plan.ts'

/** What a sample's test ends with: its result, and what it fails with, `undefined` if it passed. */
export interface Settled {
  readonly result: Pick<SampleResult, 'outcome'>
  readonly thrown?: unknown
}

/** Passes, skips or fails a sample's test. */
export function settleTest(plan: EvalPlan, { result: { outcome }, thrown }: Settled, context: TestContext): void {
  if (outcome === 'cancelled') context.skip(messageOf(thrown))
  // An estimate judges nothing.
  if (plan.pilot !== undefined && thrown !== undefined) context.skip(`${outcome} in a pilot: ${messageOf(thrown)}`)
  if (outcome === 'error' || outcome === 'timeout') {
    plan.errors += 1
    const allowed = allowedErrors(plan.maxErrorRate, plan.planned.length)
    if (plan.errors <= allowed) context.skip(`${outcome} ${plan.errors} of ${allowed} allowed: ${messageOf(thrown)}`)
  }
  // A failed `expect.soft` has failed the test already, with its own error.
  // oxlint-disable-next-line typescript/only-throw-error -- what the task threw, whatever it is
  if (thrown !== undefined && context.task.result?.state !== 'fail') throw thrown
}
