import { afterEach, expect, test } from 'vitest'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse, type LanguageModel } from '../model/language-model.ts'
import { requestEngine, useRequestEngine } from '../request/request-engine.ts'
import { unlimited } from '../testing/unlimited.ts'
import { evaluate } from './evaluate.ts'
import type { EvaluationEvent } from './evaluation-event.ts'

afterEach(() => useRequestEngine({}))

/** Its answers are one token long, at this price in US dollars. */
function makeModel(tokenUsd: number): LanguageModel {
  return defineModel({
    provider: 'fake',
    modelId: 'm',
    price: { input: 0, output: tokenUsd * 1e6 },
    generate: async () =>
      createModelResponse({ text: '4', model: 'fake:m', usage: { inputTokens: 1, outputTokens: 1 } }),
  })
}

test('the budget is that of one evaluation; what it stops is cancelled', async () => {
  useRequestEngine({ limiter: unlimited })
  const model = makeModel(1)
  const options = {
    name: 'sums',
    data: ['a', 'b', 'c', 'd'],
    concurrency: 1,
    task: async () => (await model.generate('?', { maxOutputTokens: 1 })).text,
  }
  const [poor, rich] = await Promise.all([evaluate({ ...options, budgetUsd: 2 }), evaluate(options)])
  expect(poor.summary.samples).toMatchObject({ scored: 2, cancelled: 2 })
  expect(rich.summary.samples).toMatchObject({ scored: 4 })
  expect((await requestEngine()).limiter).toBe(unlimited)
})

test('a model that tells no tokens spends what is set aside for its calls', async () => {
  useRequestEngine({ limiter: unlimited })
  const model = defineModel({
    provider: 'fake',
    modelId: 'm',
    price: { input: 0, output: 1e6 },
    generate: async () => createModelResponse({ text: '4', model: 'fake:m' }),
  })
  const { summary } = await evaluate({
    name: 'sums',
    data: ['a', 'b', 'c', 'd'],
    concurrency: 1,
    task: async () => (await model.generate('?', { maxOutputTokens: 1 })).text,
    budgetUsd: 2,
  })
  expect(summary.samples).toMatchObject({ scored: 2, cancelled: 2 })
})

test("changes of this thread's limiter are told while the evaluation goes on", async () => {
  const full = Promise.withResolvers<void>()
  let asked = 0
  const model = defineModel({
    provider: 'fake',
    modelId: 'm',
    async generate() {
      asked += 1
      // As many as the limiter begins with.
      if (asked === 32) full.resolve()
      await full.promise
      return createModelResponse({ text: '4', model: 'fake:m' })
    },
  })
  const events: EvaluationEvent[] = []
  await evaluate({
    name: 'sums',
    data: Array.from({ length: 64 }, (_, index) => `row ${index}`),
    concurrency: 64,
    task: async () => (await model.generate('?')).text,
    onEvent: (event) => events.push(event),
  })
  expect(events.filter(({ type }) => type === 'limiter.changed')).not.toEqual([])
})
