import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, valueOf } from '../judge.test-support.ts'
import { numericDiff } from './numeric-diff.ts'

test('declares how its values are read', () => {
  expect(numericDiff()).toMatchObject({
    name: 'numericDiff',
    kind: 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

test.for([
  [0, 0, 1],
  [0, 1, 0],
  [1, 2, 2 / 3],
  [-1, 2, 0],
  [-5, -5, 1],
  [100, 101, 0.9950248756218906],
  [3, 4.5, 0.8],
  [1e-9, 2e-9, 2 / 3],
  [1e308, 1.5e308, 0.8],
  [5e-324, 5e-324, 1],
  ['$1,000', '1500', 0.8],
  ['3/4', 0.75, 1],
] as const)('%s against %s: %d', async ([output, expected, value]) => {
  expect(await valueOf(numericDiff(), output, expected)).toBeCloseTo(value, 12)
})

test('what is no finite number is wrong in the output and an error in the row', async () => {
  for (const output of ['about 5', Number.NaN, Number.POSITIVE_INFINITY, '1e999', '']) {
    expect(await judge(numericDiff(), output, 5)).toMatchObject({
      value: 0,
      explanation: expect.stringContaining('not one number'),
    })
  }
  for (const expected of ['five', Number.NaN, Number.NEGATIVE_INFINITY, '']) {
    await expect(async () => judge(numericDiff(), 5, expected)).rejects.toMatchObject({ code: 'EVALS_SCORER_FAILED' })
  }
})

const number = fc.double({ noNaN: true, noDefaultInfinity: true })

test('lies in [0, 1], is symmetric, 1 for equal numbers, and does not change with sign or scale', async () => {
  await fc.assert(
    fc.asyncProperty(number, number, async (a, b) => {
      const value = Number(await valueOf(numericDiff(), a, b))
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
      expect(await valueOf(numericDiff(), b, a)).toBe(value)
      expect(await valueOf(numericDiff(), -a, -b)).toBe(value)
      expect(await valueOf(numericDiff(), a, a)).toBe(1)
      const isScalable = [a, b].every((each) => each === 0 || (Math.abs(each) > 1e-300 && Math.abs(each) < 1e300))
      if (isScalable) expect(await valueOf(numericDiff(), a * 4, b * 4)).toBeCloseTo(value, 12)
    }),
  )
})
