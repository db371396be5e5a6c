import { expect, test } from 'vitest'
import { tailProbability } from './tail-probability.ts'

test('halves what the level leaves out', () => {
  expect(tailProbability(0.95)).toBeCloseTo(0.025, 15)
})

test.each([0, 1, 95, -0.5, NaN])('refuses the level %s', (level) => {
  expect(() => tailProbability(level)).toThrow(
    expect.objectContaining({ code: 'EVALS_STATISTIC_INVALID', details: { level } }),
  )
})
