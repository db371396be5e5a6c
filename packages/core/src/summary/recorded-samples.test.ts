import { expect, test } from 'vitest'
import { recordedSamples } from './recorded-samples.ts'

test('planned samples without a record do not count', () => {
  const of = (total: number, missing: number) => ({
    samples: { total, missing, scored: total - missing, error: 0, timeout: 0, cancelled: 0 },
  })
  expect(recordedSamples([])).toBe(0)
  expect(recordedSamples([of(5, 2), of(4, 0), of(3, 3)])).toBe(7)
})
