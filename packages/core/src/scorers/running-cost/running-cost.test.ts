import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ModelCall } from '../../record/record.ts'
import { judgeSample } from '../judge.test-support.ts'
import { cost } from './cost.ts'
import { latency } from './latency.ts'
import { tokens } from './tokens.ts'

function call(parts: Partial<ModelCall> = {}): ModelCall {
  return { model: 'm', purpose: 'task', durationMs: 1, queuedMs: 0, retries: 0, cached: false, usage: {}, ...parts }
}

test.for([
  ['latency', latency],
  ['cost', cost],
  ['tokens', tokens],
] as const)('%s is better lower, and has no end', ([name, factory]) => {
  expect(factory()).toMatchObject({
    name,
    kind: 'graded',
    range: [0, Infinity],
    direction: 'lower',
    needsExpected: false,
  })
})

test('latency is the duration of the task', async () => {
  expect(await judgeSample(latency(), { durationMs: 812.5 })).toEqual({ value: 812.5 })
})

test('cost and tokens are those of the task, not of judges', async () => {
  const calls = [
    call({ costUsd: 0.25, usage: { inputTokens: 10, outputTokens: 5, reasoningTokens: 2 } }),
    call({ costUsd: 0.5, usage: { inputTokens: 1, outputTokens: 1 } }),
    call({ purpose: 'score', costUsd: 9, usage: { inputTokens: 99, outputTokens: 99, reasoningTokens: 99 } }),
  ]
  expect(await judgeSample(cost(), { calls })).toEqual({ value: 0.75 })
  const counted = await Promise.all(
    (['total', 'input', 'output', 'reasoning'] as const).map((of) => judgeSample(tokens({ of }), { calls })),
  )
  expect(counted).toEqual([{ value: 17 }, { value: 11 }, { value: 6 }, { value: 2 }])
})

test('what is unknown is not scored', async () => {
  const unknown = { value: null, explanation: 'no model call, or one without a known price' }
  expect(await judgeSample(cost(), { calls: [] })).toEqual(unknown)
  expect(await judgeSample(cost(), { calls: [call({ costUsd: 1 }), call()] })).toEqual(unknown)
  const untold = { value: null, explanation: 'no model call told its tokens' }
  expect(await judgeSample(tokens(), { calls: [call({ usage: { inputTokens: 3 } })] })).toEqual(untold)
  expect(await judgeSample(tokens({ of: 'reasoning' }), { calls: [] })).toEqual(untold)
})

test('calls add up in any order', async () => {
  const usage = fc.record({ inputTokens: fc.nat(1e6), outputTokens: fc.nat(1e6) })
  await fc.assert(
    fc.asyncProperty(fc.array(usage, { minLength: 1 }), async (usages) => {
      const calls = usages.map((each) => call({ usage: each, costUsd: each.inputTokens }))
      const value = usages.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0)
      expect(await judgeSample(tokens(), { calls })).toEqual({ value })
      expect(await judgeSample(tokens(), { calls: calls.toReversed() })).toEqual({ value })
      expect(await judgeSample(cost(), { calls })).toEqual({
        value: usages.reduce((sum, each) => sum + each.inputTokens, 0),
      })
    }),
  )
})
