import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allEqualInterval } from './all-equal-interval.ts'
import { invalid } from './invalid.test-support.ts'
import { proportionInterval } from './proportion-interval.ts'

const score = fc.double({ min: 0, max: 1, noNaN: true })
const count = fc.integer({ min: 1, max: 10_000 })

describe('allEqualInterval', () => {
  test('of ones is the interval of Clopper and Pearson for n of n', () => {
    fc.assert(
      fc.property(count, (n) => {
        const exact = proportionInterval(n, n, { method: 'clopper-pearson' })
        const interval = allEqualInterval(1, n, { range: [0, 1] })
        expect(interval?.lower).toBeCloseTo(exact.lower, 12)
        expect(interval?.upper).toBe(1)
      }),
    )
  })

  test('contains the value, stays in the range and narrows with n, about as 3.7/n', () => {
    fc.assert(
      fc.property(score, count, (value, n) => {
        const { lower, upper } = allEqualInterval(value, n, { range: [0, 1] })!
        const more = allEqualInterval(value, n + 1, { range: [0, 1] })!
        expect(lower).toBeLessThanOrEqual(value)
        expect(upper).toBeGreaterThanOrEqual(value)
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(upper).toBeLessThanOrEqual(1)
        expect(upper - lower).toBeLessThan(3.7 / n)
        expect(more.upper - more.lower).toBeLessThan(upper - lower)
      }),
    )
  })

  test('takes a mean that rounding has put outside the range for its end', () => {
    const interval = allEqualInterval(0.9000000000000001, 10, { range: [0, 0.9] })
    expect(interval).toEqual(allEqualInterval(0.9, 10, { range: [0, 0.9] }))
    expect(() => allEqualInterval(0.900001, 10, { range: [0, 0.9] })).toThrow(invalid)
  })

  test('is not defined without a finite range', () => {
    expect(allEqualInterval(3, 5, { range: [0, Infinity] })).toBeNull()
    expect(allEqualInterval(3, 5, { range: [3, 3] })).toBeNull()
  })

  test.each([
    [2, 5],
    [NaN, 5],
    [0.5, 0],
  ])('refuses a value of %s in n %s', (value, n) => {
    expect(() => allEqualInterval(value, n, { range: [0, 1] })).toThrow(invalid)
  })
})
