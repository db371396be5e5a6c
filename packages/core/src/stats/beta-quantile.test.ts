import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaQuantile } from './beta-quantile.ts'
import { invalid } from './invalid.test-support.ts'

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })

describe('betaQuantile', () => {
  test('agrees with the closed forms of Beta(a, 1) and Beta(1, b)', () => {
    fc.assert(
      fc.property(share, fc.double({ min: 0.5, max: 1000, noNaN: true }), (p, a) => {
        expect(betaQuantile(p, a, 1)).toBeCloseTo(p ** (1 / a), 13)
        expect(betaQuantile(p, 1, a)).toBeCloseTo(-Math.expm1(Math.log1p(-p) / a), 13)
      }),
    )
  })

  test('mirrors with its parameters and grows with p', () => {
    const parameter = fc.double({ min: 0.5, max: 500, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.98, noNaN: true }), parameter, parameter, (p, a, b) => {
        expect(betaQuantile(p, a, b)).toBeCloseTo(1 - betaQuantile(1 - p, b, a), 12)
        expect(betaQuantile(p + 0.01, a, b)).toBeGreaterThan(betaQuantile(p, a, b))
      }),
    )
  })

  test.each([
    [0, 1, 1],
    [NaN, 1, 1],
    [0.5, 0, 1],
    [0.5, 1, NaN],
  ])('refuses p %s of Beta(%s, %s)', (p, a, b) => {
    expect(() => betaQuantile(p, a, b)).toThrow(invalid)
  })
})
