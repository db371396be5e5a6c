import { EvalsError, type ModelCall } from '@evals/core'
import { expect, test } from 'vitest'
import { nameFailedCall } from './name-failed-call.ts'

const answered: ModelCall = {
  model: 'openai:gpt-5',
  purpose: 'task',
  durationMs: 1,
  queuedMs: 0,
  retries: 0,
  cached: false,
  usage: {},
}
const failed: ModelCall = { ...answered, error: { name: 'ModelCallError', message: 'HTTP 503 from openai:gpt-5' } }

/** What a task throws after these calls. */
async function thrownAfter(calls: readonly ModelCall[], error: unknown, earlier: ModelCall[] = []): Promise<unknown> {
  const scope = { calls: [...earlier] }
  const task = (): never => {
    scope.calls.push(...calls)
    throw error
  }
  return nameFailedCall(scope, task).catch((thrown: unknown) => thrown)
}

test('the error of the task tells of the call before it', async () => {
  const own = new TypeError('no answer')
  expect(await thrownAfter([answered, failed], own)).toBe(own)
  expect(own.cause).toMatchObject({
    name: 'ModelCallError',
    message: 'the model call before it failed: HTTP 503 from openai:gpt-5',
  })
  const { cause } = own
  // The same error thrown by the next sample.
  await thrownAfter([failed], own)
  expect(own.cause).toBe(cause)
  expect(cause).not.toHaveProperty('cause')
})

test('the cause comes after those that are known', async () => {
  const inner = new Error('inner')
  await thrownAfter([failed], new Error('outer', { cause: inner }))
  expect(inner.cause).toMatchObject({ message: expect.stringContaining('HTTP 503') })
})

test.for([
  ['answered', [failed, answered], new Error('own')],
  ['made by an earlier attempt', [], new Error('own')],
  ['thrown itself', [failed], new EvalsError('EVALS_MODEL_UNAVAILABLE', 'down')],
  ['named by the message', [failed], new Error('bot: HTTP 503 from openai:gpt-5')],
  ['skipped', [failed], Object.assign(new Error('skip'), { code: 'VITEST_PENDING' })],
  ['followed by a frozen error', [failed], Object.freeze(new Error('own'))],
] as const)('a call that was %s adds nothing', async ([, calls, error]) => {
  expect(await thrownAfter(calls, error, [failed])).toBe(error)
  expect(error).not.toHaveProperty('cause')
})

test('an endless chain of causes ends, what is no error stays, and so does a result', async () => {
  const loop = new Error('a')
  loop.cause = new Error('b', { cause: loop })
  expect(await thrownAfter([failed], loop)).toBe(loop)
  expect(await thrownAfter([failed], 'text')).toBe('text')
  expect(await nameFailedCall({ calls: [] }, () => 5)).toBe(5)
})
