import { EvalsError, messageOf } from '@evals/core'
import type { TestContext } from 'vitest'
import { plannedKey, type EvalPlan, type PlannedSample } from './eval-plan.ts'
import { nameFailedCall } from './name-failed-call.ts'
import { recordSample, type RecordedSample, type Recording } from './record-sample.ts'
import type { TaskCaller } from './task-call.ts'

/** What the test of one sample does. */
export interface SampleTest extends Recording {
  readonly caller: TaskCaller
}

/** Runs one sample, and passes, skips or fails its test accordingly. */
export async function runSampleTest(test: SampleTest, planned: PlannedSample, context: TestContext): Promise<void> {
  const { plan, run, caller } = test
  if (run.broken !== undefined) context.skip(`not started, since results cannot be recorded: ${messageOf(run.broken)}`)
  if (run.signal.aborted) context.skip('the run was cancelled before the sample started')
  const { sample } = planned
  // Vitest makes an `expect` for each test that asks for one, which takes longer than the rest of a test.
  let asked: TestContext['expect'] | undefined
  const expect = (): TestContext['expect'] => (asked ??= context.expect)
  const recorded = await recordSample(test, planned, {
    task: (scope, aborts) =>
      nameFailedCall(scope, () => caller.call({ vitest: context, expect, sample, scope, aborts })),
    assertions: () => assertionsOf(context.task, asked),
  })
  context.task.meta.evals = recorded.result
  settleTest(plan, recorded, context)
}

/** Records a sample whose task never ran because a fixture or a hook before it failed. */
export async function recordUnstarted(
  recording: Recording,
  planned: PlannedSample,
  cause: { message: string },
): Promise<void> {
  if (recording.run.broken !== undefined || recording.plan.recorded.has(plannedKey(planned))) return
  const error = new EvalsError('EVALS_SETUP_FAILED', `A fixture or hook failed before the task: ${cause.message}`, {
    cause,
  })
  const plan = { ...recording.plan, retries: 0 }
  await recordSample({ ...recording, plan }, planned, {
    task: () => {
      throw error
    },
  })
}

function settleTest(plan: EvalPlan, { result: { outcome }, thrown }: RecordedSample, context: TestContext): void {
  if (outcome === 'cancelled') context.skip(messageOf(thrown))
  // An estimate judges nothing.
  if (plan.pilot !== undefined && thrown !== undefined) context.skip(`${outcome} in a pilot: ${messageOf(thrown)}`)
  if (outcome === 'error' || outcome === 'timeout') {
    plan.errors += 1
    const allowed = Math.floor(plan.maxErrorRate * plan.planned.length)
    if (plan.errors <= allowed) context.skip(`${outcome} ${plan.errors} of ${allowed} allowed: ${messageOf(thrown)}`)
  }
  // A failed `expect.soft` has failed the test already, with its own error.
  // oxlint-disable-next-line typescript/only-throw-error -- what the task threw, whatever it is
  if (thrown !== undefined && context.task.result?.state !== 'fail') throw thrown
}

/** Failed `expect.soft` calls do not throw; Vitest keeps them with the test. */
function assertionsOf(
  { result }: TestContext['task'],
  expect: TestContext['expect'] | undefined,
): { made: number; failure?: unknown } {
  const { assertionCalls: made = 0, expectedAssertionsNumber: wanted, isExpectingAssertions } = expect?.getState() ?? {}
  const failed = (message: string): { made: number; failure: Error } => ({
    made,
    failure: Object.assign(new Error(message), { name: 'AssertionError' }),
  })
  const [soft] = result?.errors ?? []
  if (soft !== undefined) return failed(soft.message)
  // What `expect.assertions` and `expect.hasAssertions` ask for, Vitest checks only when the record is written.
  if (typeof wanted === 'number' && wanted !== made) return failed(`expected ${wanted} assertions, but got ${made}`)
  return isExpectingAssertions === true && made === 0 ? failed('expected an assertion, but got none') : { made }
}
