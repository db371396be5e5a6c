import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ModelCall } from '../record/record.ts'
import { shareCall } from './share-call.ts'

const call: ModelCall = {
  model: 'fake:m',
  purpose: 'task',
  durationMs: 100,
  queuedMs: 5,
  retries: 1,
  cached: false,
  usage: { inputTokens: 10, outputTokens: 2 },
  costUsd: 0.3,
  requestId: 'r',
}

test('a call of several samples is divided into whole tokens; what has no parts stays', () => {
  expect(shareCall(call, 3)).toEqual([
    { ...call, usage: { inputTokens: 3, outputTokens: 0 }, costUsd: 0.3 / 3, batch: 3 },
    { ...call, usage: { inputTokens: 3, outputTokens: 1 }, costUsd: 0.3 / 3, batch: 3 },
    { ...call, usage: { inputTokens: 4, outputTokens: 1 }, costUsd: 0.3 / 3, batch: 3 },
  ])
})

test('a call of one sample is its own, and an unknown price or count stays unknown', () => {
  expect(shareCall(call, 1)).toEqual([call])
  const { costUsd: _costUsd, ...unpriced } = call
  expect(shareCall({ ...unpriced, usage: {} }, 2)).toEqual([
    { ...unpriced, usage: {}, batch: 2 },
    { ...unpriced, usage: {}, batch: 2 },
  ])
})

test('the parts make up the whole', () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e9), fc.integer({ min: 1, max: 500 }), (inputTokens, outputTokens, samples) => {
      const shares = shareCall({ ...call, usage: { inputTokens, outputTokens } }, samples)
      expect(shares).toHaveLength(samples)
      const sum = (field: 'inputTokens' | 'outputTokens'): number =>
        shares.reduce((total, { usage }) => total + (usage[field] ?? Number.NaN), 0)
      expect([sum('inputTokens'), sum('outputTokens')]).toEqual([inputTokens, outputTokens])
      expect(shares.reduce((total, { costUsd = Number.NaN }) => total + costUsd, 0)).toBeCloseTo(0.3, 12)
    }),
  )
})
