import { expect, test } from 'vitest'
import { thresholdOfTitle } from './threshold-of-title.ts'
import { readThresholds } from './threshold.ts'

test('every bound is found again in its title', () => {
  const thresholds = readThresholds(
    {
      exactMatch: 0.8,
      'a judge of style': { mean: { atLeast: 0.5, atMost: 0.9 }, ciLower: { atLeast: -1e-7 } },
      costUsd: { total: 2 },
      latencyMs: { p95: { atMost: 1000 } },
    },
    [],
  )
  expect(thresholds).toHaveLength(5)
  expect(thresholds.map(({ title }) => thresholdOfTitle(title))).toEqual(thresholds)
})

test.each(['', 'exactMatch mean', 'exactMatch ≥ 0.8', 'exactMatch mean ≥ much', 'baseline prod'])(
  '%j tells of none',
  (title) => {
    expect(thresholdOfTitle(title)).toBeUndefined()
  },
)
