import { EvalsError, messageOf } from '@evals/core'
import type { TestContext } from 'vitest'
import { plannedKey, type PlannedSample } from './eval-plan.ts'
import { nameFailedCall } from './name-failed-call.ts'
import { keepSample } from './keep-sample.ts'
import { recordSample, recordStoredScores, type Recording } from './record-sample.ts'
import { settleTest } from './settle-test.ts'
import type { TaskCaller } from './task-call.ts'

/** What the test of one sample does. */
export interface SampleTest extends Recording {
  readonly caller: TaskCaller
}

/** Does what is to be done for one sample, and passes, skips or fails its test accordingly. */
export async function runSampleTest(test: SampleTest, planned: PlannedSample, context: TestContext): Promise<void> {
  const { plan, run, caller } = test
  if (run.broken !== undefined) context.skip(`not started, since results cannot be recorded: ${messageOf(run.broken)}`)
  if (run.signal.aborted) context.skip('the run was cancelled before the sample started')
  const { plan: resume, rerun, answers } = plan.resumed
  const decision = rerun ? undefined : resume.decide(planned)
  if (decision?.action === 'keep') return keepSample(plan, planned, context)
  const { sample, epoch } = planned
  const stored = decision?.action === 'score' ? await answers.take({ id: sample.id, epoch }) : undefined
  if (stored !== undefined && decision?.action === 'score') {
    const scored = await recordStoredScores(test, planned, { stored, scorers: decision.scorers })
    if (scored !== undefined) {
      context.task.meta.evals = scored.result
      settleTest(plan, scored, context)
      return
    }
  }
  // Vitest makes an `expect` for each test that asks for one, which takes longer than the rest of a test.
  let asked: TestContext['expect'] | undefined
  const expect = (): TestContext['expect'] => (asked ??= context.expect)
  const recorded = await recordSample(test, planned, {
    task: (scope, aborts) =>
      nameFailedCall(scope, () => caller.call({ vitest: context, expect, sample, epoch, scope, aborts })),
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
