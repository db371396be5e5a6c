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

test('a figure with spaces is told from its scorer by the names of the scorers', () => {
  const thresholds = readThresholds(
    { judge: { 'macro F1': 0.8 }, 'judge of style': { 'pass at 5': { atMost: 1 } } },
    [],
  )
  expect(thresholds.map(({ title }) => thresholdOfTitle(title, ['judge', 'judge of style']))).toEqual(thresholds)
  expect(thresholdOfTitle(thresholds[0]!.title)).toMatchObject({ subject: 'judge macro', figure: 'F1' })
})

test.each(['', 'exactMatch mean', 'exactMatch ≥ 0.8', 'exactMatch mean ≥ much', 'baseline prod'])(
  '%j tells of none',
  (title) => {
    expect(thresholdOfTitle(title)).toBeUndefined()
  },
)
