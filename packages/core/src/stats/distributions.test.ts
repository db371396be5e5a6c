import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { normalQuantile, studentTQuantile } from './distributions.ts'

interface Golden {
  readonly quantiles: Readonly<Record<`z_${string}`, number>> & { readonly 't_0.975': Readonly<Record<string, number>> }
}

const golden = readGolden<Golden>('stats-mean-ci')
const { 't_0.975': t, ...z } = golden.quantiles

function relativeError(actual: number, expected: number): number {
  return Math.abs(actual / expected - 1)
}

const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true })
const tail = fc.double({ min: 1e-12, max: 0.45, noNaN: true })
const degrees = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 1, max: 1e9, noNaN: true }))

describe('normalQuantile', () => {
  test.each(Object.entries(z))('%s is what scipy says', (name, expected) => {
    expect(relativeError(normalQuantile(Number(name.slice(2))), expected)).toBeLessThan(1e-14)
  })

  test.each([0, 1, -0.1, 1.1, NaN])('refuses p = %s', (p) => {
    expect(() => normalQuantile(p)).toThrow(invalid)
  })

  test('is odd around one half and grows with p', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.49, noNaN: true }), (p) => {
        expect(normalQuantile(p)).toBeCloseTo(-normalQuantile(1 - p), 12)
        expect(normalQuantile(p + 1e-6)).toBeGreaterThan(normalQuantile(p))
      }),
    )
  })
})

describe('studentTQuantile', () => {
  // scipy 1.10 stops iterating early: its 49 is off by 1.3e-9, more than the tolerance. The exact value is below.
  const close = Object.entries(t).filter(([degreesOfFreedom]) => degreesOfFreedom !== '49')

  test.each(close)('0.975 at %s degrees of freedom is what scipy says', (degreesOfFreedom, expected) => {
    const error = relativeError(studentTQuantile(0.975, Number(degreesOfFreedom)), expected)
    expect(error).toBeLessThanOrEqual(golden.tolerance)
  })

  // From the definition with 60 digits (mpmath); scipy 1.17 agrees wherever p is not next to one half.
  test.each([
    [0.975, 1, 12.706204736174694, 1e-12],
    [0.975, 5, 2.5705818356363146, 1e-12],
    [0.975, 9, 2.262157162798205, 1e-12],
    [0.975, 49, 2.0095752371292392, 1e-12],
    [0.975, 99, 1.9842169515864172, 1e-12],
    [0.975, 1000, 1.962339080826408, 1e-12],
    [0.995, 9, 3.249835541592126, 1e-12],
    [0.5000001, 7, 2.5974602742784954e-7, 1e-12],
    [0.51, 30, 0.025278783971765813, 1e-12],
    [0.75, 2.5, 0.7850136829923011, 1e-12],
    [0.9, 7.3, 1.408922317748042, 1e-12],
    [1e-12, 5, -393.95695957760375, 1e-12],
    [1e-7, 1000, -5.235998469292347, 1e-12],
    [0.975, 12_345, 1.9601561676005668, 1e-10],
    [0.975, 99_999, 1.9599877077718444, 1e-10],
    [1e-7, 99_999, -5.1997019920093726, 1e-10],
    [0.975, 100_000, 1.9599877075346093, 1e-12],
    [1e-7, 1_000_000, -5.199374020816577, 1e-12],
  ] as const)('%s at %s degrees of freedom is %s', (p, degreesOfFreedom, expected, tolerance) => {
    expect(relativeError(studentTQuantile(p, degreesOfFreedom), expected)).toBeLessThan(tolerance)
  })

  test('agrees with the closed forms for one and two degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.499, noNaN: true }), (p) => {
        expect(relativeError(studentTQuantile(p, 1), -1 / Math.tan(Math.PI * p))).toBeLessThan(1e-11)
        expect(relativeError(studentTQuantile(p, 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p)))).toBeLessThan(1e-11)
      }),
    )
  })

  test('lies beyond the normal quantile, nearer with more degrees of freedom', () => {
    fc.assert(
      fc.property(tail, fc.double({ min: 1, max: 1e6, noNaN: true }), (p, degreesOfFreedom) => {
        const quantile = studentTQuantile(p, degreesOfFreedom)
        expect(quantile).toBeLessThan(normalQuantile(p))
        expect(quantile).toBeLessThan(studentTQuantile(p, degreesOfFreedom * 1.01))
      }),
    )
  })

  test('is finite and on the side of one half that p is on', () => {
    fc.assert(
      fc.property(probability, degrees, (p, degreesOfFreedom) => {
        const quantile = studentTQuantile(p, degreesOfFreedom)
        expect(quantile).toSatisfy(Number.isFinite)
        expect(Math.sign(quantile)).toBe(Math.sign(p - 0.5))
      }),
    )
    expect(studentTQuantile(0.5, 3)).toBe(0)
  })

  test.each([
    [0, 5],
    [1, 5],
    [NaN, 5],
    [0.9, 0],
    [0.9, -1],
    [0.9, NaN],
    [0.9, Infinity],
    [1e-200, 1],
  ])('refuses p = %s at %s degrees of freedom', (p, degreesOfFreedom) => {
    expect(() => studentTQuantile(p, degreesOfFreedom)).toThrow(invalid)
  })
})
