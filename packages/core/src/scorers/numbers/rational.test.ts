import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimal, isWithin, type Rational } from './rational.ts'

const zero = decimal(0n, 0)
const number = fc
  .tuple(fc.bigInt(-999n, 999n), fc.integer({ min: -4, max: 4 }))
  .map(([digits, exponent]) => decimal(digits, exponent))
const share = fc
  .tuple(fc.bigInt(0n, 999n), fc.integer({ min: -4, max: 0 }))
  .map(([digits, exponent]) => decimal(digits, exponent))

test('decimal scales by the power of ten', () => {
  expect(decimal(15n, 2)).toEqual({ numerator: 1500n, denominator: 1n })
  expect(decimal(-15n, -1)).toEqual({ numerator: -15n, denominator: 10n })
})

test('the bound itself is within', () => {
  const tenth = decimal(1n, -1)
  expect(isWithin(decimal(11n, -1), decimal(1n, 0), { absolute: tenth, relative: zero })).toBe(true)
  expect(isWithin(decimal(1101n, -3), decimal(1n, 0), { absolute: tenth, relative: zero })).toBe(false)
  expect(isWithin(decimal(-22n, 0), decimal(-20n, 0), { absolute: zero, relative: tenth })).toBe(true)
  expect(isWithin(decimal(22n, 0), decimal(-20n, 0), { absolute: zero, relative: tenth })).toBe(false)
})

test('an absolute tolerance is symmetric; the target itself is always within', () => {
  fc.assert(
    fc.property(number, number, share, (a, b, absolute) => {
      const tolerance = { absolute, relative: zero }
      expect(isWithin(a, b, tolerance)).toBe(isWithin(b, a, tolerance))
      expect(isWithin(a, a, { absolute: zero, relative: zero })).toBe(true)
    }),
  )
})

test('agrees with integer arithmetic on a common denominator', () => {
  fc.assert(
    fc.property(number, number, share, share, (value, target, absolute, relative) => {
      const [v, t, a] = [value, target, absolute].map(scaled) as [bigint, bigint, bigint]
      const distance = v > t ? v - t : t - v
      const limit = scaled(relative) * (t < 0n ? -t : t)
      expect(isWithin(value, target, { absolute, relative })).toBe(distance <= a || distance * 10_000n <= limit)
    }),
  )
})

function scaled({ numerator, denominator }: Rational): bigint {
  return (numerator * 10_000n) / denominator
}
