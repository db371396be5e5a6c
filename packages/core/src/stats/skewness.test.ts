import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invalid } from './invalid.test-support.ts'
import { skewness } from './skewness.ts'

describe('skewness', () => {
  // scipy.stats.skew
  test.each([
    [[1, 1, 1, 1, 2, 2, 3, 4, 6, 25], 2.4368110983872606],
    [[1, 2, 3, 10], 1.0182337649086284],
  ])('of %j is what scipy says', (values, expected) => {
    expect(skewness(values)).toBeCloseTo(expected, 12)
  })

  test('is the same after a shift, the opposite mirrored, and 0 for both together', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3 }), (values) => {
        fc.pre(new Set(values).size > 1)
        const mirrored = values.map((value) => -value)
        expect(skewness(values.map((value) => value + 7))).toBeCloseTo(skewness(values)!, 9)
        expect(skewness(mirrored)).toBeCloseTo(-skewness(values)!, 9)
        expect(skewness([...values, ...mirrored])).toBeCloseTo(0, 9)
      }),
    )
  })

  test('is not defined without spread', () => {
    expect(skewness([])).toBeNull()
    expect(skewness([0.1 + 0.2, 0.3])).toBeNull()
    expect(() => skewness([1, NaN])).toThrow(invalid)
  })
})
