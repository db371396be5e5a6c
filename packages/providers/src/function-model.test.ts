import { expect, test } from 'vitest'
import { functionModel } from './function-model.ts'
import { mock } from './mock.ts'
import { recordOf } from './vendor/record-of.test-support.ts'

test('a text, or a text with more, is the answer', async () => {
  const model = functionModel({ modelId: 'm', generate: (prompt) => `to ${String(prompt)}` })
  expect(model).toMatchObject({ provider: 'function', modelId: 'm' })
  expect(await model.generate('q')).toMatchObject({ text: 'to q', model: 'function:m' })
  const other = functionModel({
    provider: 'mine',
    modelId: 'm',
    generate: async () => ({ text: 'x', usage: { outputTokens: 1 } }),
  })
  expect(await other.generate('q')).toMatchObject({ text: 'x', usage: { outputTokens: 1 }, model: 'mine:m' })
})

test.each([undefined, null, 5, { output: 'x' }])('%j is no answer', async (answer) => {
  const model = functionModel({ modelId: 'm', generate: () => answer as never })
  await expect(model.generate('q')).rejects.toMatchObject({
    code: 'EVALS_MODEL_ANSWER_INVALID',
    message: expect.stringContaining('function:m'),
  })
})

test('its calls are counted and priced like those of any model', async () => {
  const model = functionModel({
    modelId: 'm',
    generate: () => ({ text: 'x', usage: { inputTokens: 4 } }),
    costUsd: ({ usage }) => (usage?.inputTokens ?? 0) / 8,
  })
  const record = await recordOf(() => model.generate('q'))
  expect(record).toMatchObject({
    output: 'x',
    model: 'function:m',
    costUsd: 0.5,
    usage: { inputTokens: 4 },
    calls: [{ purpose: 'task', costUsd: 0.5 }],
  })
})

test('what it throws is the error of the sample', async () => {
  const model = functionModel({
    modelId: 'm',
    generate() {
      throw new TypeError('no')
    },
  })
  expect(await recordOf(() => model.generate('q'))).toMatchObject({
    outcome: 'error',
    error: { message: 'no' },
    calls: [{ error: { message: 'no' } }],
  })
})

test('a mock with a price costs that much a call', async () => {
  const model = mock(['a', 'b'], { costUsd: 0.25 })
  const record = await recordOf(async () => [(await model.generate('q')).text, (await model.generate('q')).text])
  expect(record).toMatchObject({ output: ['a', 'b'], costUsd: 0.5, calls: [{}, {}] })
})
