import { describe, expect, test } from 'vitest'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse } from '../model/language-model.ts'
import { withSampleScope } from '../sample/current-sample.ts'
import { SampleScope } from '../sample/sample-scope.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { unlimited } from '../testing/unlimited.ts'
import prices from './prices.json' with { type: 'json' }
import type { Price } from './price.ts'
import { priceOf, priceTableDate } from './price-table.ts'
import { useRequestEngine } from '../request/request-engine.ts'

describe('a price is found', () => {
  test.for([
    ['openai:gpt-5-mini', { input: 0.25, cachedInput: 0.025, output: 2 }],
    ['openai:gpt-5-mini-2025-08-07', { input: 0.25, cachedInput: 0.025, output: 2 }],
    ['openai.responses:gpt-5-mini', { input: 0.25, cachedInput: 0.025, output: 2 }],
    ['anthropic:claude-haiku-4-5-20251001', { input: 1, cachedInput: 0.1, output: 5 }],
    ['anthropic:claude-haiku-4-5@20251001', { input: 1, cachedInput: 0.1, output: 5 }],
    ['anthropic:claude-3-5-haiku-latest', { input: 0.8, cachedInput: 0.08, output: 4 }],
    ['google.generative-ai:gemini-2.5-flash-001', { input: 0.3, cachedInput: 0.03, output: 2.5 }],
    ['groq:openai/gpt-oss-20b', { input: 0.075, cachedInput: 0.0375, output: 0.3 }],
    ['xai:grok-4-0709', { input: 3, cachedInput: 0.75, output: 15 }],
  ] as const)('of %s', ([model, price]) => {
    expect(priceOf(model)).toEqual(price)
  })

  test('of a version that has its own', () => {
    expect(priceOf('openai:gpt-4o-2024-05-13')).toEqual({ input: 5, output: 15 })
    expect(priceOf('openai:gpt-4o-2024-08-06')).toEqual({ input: 2.5, cachedInput: 1.25, output: 10 })
    expect(priceOf('mistral:mistral-large-2512')).toEqual({ input: 0.5, output: 1.5 })
  })
})

// Another model, or another provider's copy of it, may cost something else.
test.for([
  'openai:gpt-5-mini-turbo',
  'openai:gpt-5-mini-20',
  'openai:gpt-5-mini-preview-2025-08-07',
  'openai:gpt-9',
  'anthropic:claude-opus-4-9',
  'mistral:mistral-large-2407',
  'azure:gpt-5-mini',
  'openrouter:openai/gpt-5-mini',
  'gpt-5-mini',
  'openai:',
  ':gpt-5-mini',
  '',
  'openai:constructor',
  'openai:__proto__',
  'constructor:name',
  '__proto__:toString',
])('the price of %j is unknown', (model) => {
  expect(priceOf(model)).toBeUndefined()
})

test('every price is a positive number for input, and cached input is never dearer', () => {
  const wrong = Object.entries(prices.providers).flatMap(([provider, { source, models }]) =>
    Object.entries(models as Record<string, { input: number; output: number; cachedInput?: number }>)
      .filter(([, { input, output, cachedInput = input }]) => {
        return !(source.startsWith('https://') && input > 0 && output >= 0 && cachedInput > 0 && cachedInput <= input)
      })
      .map(([id]) => `${provider}:${id}`),
  )
  expect(wrong).toEqual([])
  expect(Object.keys(prices.providers)).toHaveLength(8)
})

test('the table says from when it is', () => {
  expect(priceTableDate).toMatch(/^20\d\d-\d\d-\d\d$/)
  expect(new Date(priceTableDate).toISOString().slice(0, 10)).toBe(priceTableDate)
})

test.for([
  ['the list price by default', 'gpt-5-mini', undefined, 0.00225],
  ['its own price where it has one', 'gpt-5-mini', { input: 1, output: 0 }, 0.001],
  ['nothing where it is free', 'gpt-5-mini', { input: 0, output: 0 }, 0],
  ['what nobody knows where the table has no price', 'gpt-9', undefined, undefined],
] as const)('a model costs %s', async ([, modelId, price, costUsd]) => {
  const clock = new ManualClock()
  useRequestEngine({ clock, limiter: unlimited })
  const scope = new SampleScope({ aborts: { signal: new AbortController().signal }, metadata: {}, clock })
  const own: { price?: Price } = price === undefined ? {} : { price }
  const model = defineModel({
    ...own,
    provider: 'openai',
    modelId,
    generate: async () =>
      createModelResponse({ text: 'a', model: 'openai', usage: { inputTokens: 1000, outputTokens: 1000 } }),
  })
  await withSampleScope(scope, () => model.generate('q'))
  expect(scope.calls.map((call) => call.costUsd)).toEqual([costUsd])
})
