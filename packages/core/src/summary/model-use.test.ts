import { expect, test } from 'vitest'
import type { ModelCall } from '../record/record.ts'
import { addUses, roundUse, usesOf } from './model-use.ts'

const call: ModelCall = {
  model: 'm:a',
  purpose: 'task',
  durationMs: 1,
  queuedMs: 0,
  retries: 0,
  cached: false,
  usage: { inputTokens: 10, outputTokens: 1 },
  costUsd: 0.5,
}
const { costUsd: _costUsd, ...unpriced } = call
const error = { name: 'Error', message: 'no' }

test('calls add up by model and purpose', () => {
  const judge = { ...call, purpose: 'score' } as const
  const other = { ...call, model: 'm:b' }
  expect(usesOf([call, judge, call, other])).toEqual([
    { model: 'm:a', purpose: 'task', calls: 2, usage: { inputTokens: 20, outputTokens: 2 }, costUsd: 1 },
    { model: 'm:a', purpose: 'score', calls: 1, usage: { inputTokens: 10, outputTokens: 1 }, costUsd: 0.5 },
    { model: 'm:b', purpose: 'task', calls: 1, usage: { inputTokens: 10, outputTokens: 1 }, costUsd: 0.5 },
  ])
  expect(usesOf([])).toEqual([])
})

test('one unknown price makes the cost unknown; a call that failed is free', () => {
  expect(usesOf([call, unpriced])).toMatchObject([{ calls: 2, usage: { inputTokens: 20 } }])
  expect(usesOf([call, unpriced])[0]).not.toHaveProperty('costUsd')
  expect(usesOf([call, { ...unpriced, usage: {}, error }])).toMatchObject([{ calls: 2, costUsd: 0.5 }])
  expect(usesOf([{ ...unpriced, usage: {}, error }])).toMatchObject([{ calls: 1, costUsd: 0 }])
})

test('answers of the cache are told apart, and parts of calls add up to whole ones', () => {
  const part = { ...call, batch: 7, cached: true }
  const uses = Array.from({ length: 7 }, () => usesOf([part])).flat()
  expect(addUses(uses).map(roundUse)).toEqual([
    { model: 'm:a', purpose: 'task', calls: 1, cached: 1, usage: { inputTokens: 70, outputTokens: 7 }, costUsd: 3.5 },
  ])
})
