import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile, studentTQuantile } from './distributions.ts'
import { invalid } from './invalid.test-support.ts'
import { binomialProbability, logChoose, normalProbability, studentTTwoSided } from './probabilities.ts'

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })

/** P(X ≤ k) added up with Pascal's triangle. */
function addedUp(k: number, n: number, p: number): number {
  let row = [1]
  for (let trial = 0; trial < n; trial++) {
    row = Array.from({ length: row.length + 1 }, (_, x) => (row[x] ?? 0) * (1 - p) + (row[x - 1] ?? 0) * p)
  }
  return row.slice(0, k + 1).reduce((sum, value) => sum + value, 0)
}

describe('normalProbability', () => {
  test('is the inverse of the quantile', () => {
    fc.assert(
      fc.property(share, (p) => {
        expect(normalProbability(normalQuantile(p))).toBeCloseTo(p, 12)
      }),
    )
  })
})

describe('studentTTwoSided', () => {
  test('is the inverse of the quantile, of either sign', () => {
    fc.assert(
      fc.property(share, fc.double({ min: 1, max: 5000, noNaN: true }), (p, degreesOfFreedom) => {
        const t = studentTQuantile(1 - p / 2, degreesOfFreedom)
        expect(studentTTwoSided(t, degreesOfFreedom)).toBeCloseTo(p, 9)
        expect(studentTTwoSided(-t, degreesOfFreedom)).toBeCloseTo(p, 9)
      }),
    )
    expect(studentTTwoSided(0, 4)).toBe(1)
  })

  test.each([
    [NaN, 3],
    [1, 0],
  ])('refuses t %s at %s degrees of freedom', (t, degreesOfFreedom) => {
    expect(() => studentTTwoSided(t, degreesOfFreedom)).toThrow(invalid)
  })
})

describe('binomialProbability', () => {
  test('is the sum of the probabilities', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -1, max: 31 }), share, (n, k, p) => {
        expect(binomialProbability(k, n, p)).toBeCloseTo(k < 0 ? 0 : addedUp(k, n, p), 12)
      }),
    )
    expect([binomialProbability(1, 3, 0), binomialProbability(1, 3, 1), binomialProbability(3, 3, 1)]).toEqual([
      1, 0, 1,
    ])
  })

  test('refuses parts of counts', () => {
    expect(() => binomialProbability(0.5, 3, 0.5)).toThrow(invalid)
    expect(() => binomialProbability(1, 3, 1.1)).toThrow(invalid)
  })
})

describe('logChoose', () => {
  test('is the logarithm of the number of subsets, none outside', () => {
    expect(Math.exp(logChoose(10, 3))).toBeCloseTo(120, 10)
    expect([logChoose(3, 4), logChoose(3, -1)]).toEqual([-Infinity, -Infinity])
  })
})
