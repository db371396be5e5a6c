import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { percentile } from './percentile.ts'

interface Golden {
  readonly values: readonly number[]
  readonly linear_type7: Readonly<Record<string, number>>
}

const golden = readGolden<Golden>('percentiles')

const sorted = fc
  .array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((values) => values.toSorted((a, b) => a - b))
const percent = fc.double({ min: 0, max: 100, noNaN: true })

describe('percentile', () => {
  const ascending = golden.values.toSorted((a, b) => a - b)

  test.each(Object.entries(golden.linear_type7))('%s is what numpy says', (p, expected) => {
    expect(Math.abs(percentile(ascending, Number(p)) - expected)).toBeLessThanOrEqual(golden.tolerance)
    expect(percentile(Float64Array.from(ascending), Number(p))).toBe(percentile(ascending, Number(p)))
  })

  test('of one value is that value', () => {
    expect(percentile([812], 95)).toBe(812)
  })

  test('lies within the values and grows with p', () => {
    fc.assert(
      fc.property(sorted, percent, percent, (values, p, q) => {
        const [lower, upper] = [percentile(values, Math.min(p, q)), percentile(values, Math.max(p, q))]
        expect(lower).toBeGreaterThanOrEqual(values.at(0) ?? NaN)
        expect(upper).toBeLessThanOrEqual(values.at(-1) ?? NaN)
        expect(lower).toBeLessThanOrEqual(upper)
      }),
    )
  })

  test('hits every value at its own rank and the straight line between two', () => {
    fc.assert(
      fc.property(sorted, fc.nat(), fc.integer({ min: 0, max: 4 }), (values, seed, quarter) => {
        fc.pre(values.length > 1)
        const index = seed % (values.length - 1)
        const [below = NaN, above = NaN] = values.slice(index, index + 2)
        const share = quarter / 4
        const p = Math.min(100, ((index + share) / (values.length - 1)) * 100)
        const expected = below * (1 - share) + above * share
        expect(Math.abs(percentile(values, p) - expected)).toBeLessThanOrEqual(1e-3)
      }),
    )
  })

  test('the median splits the values in half', () => {
    fc.assert(
      fc.property(sorted, (values) => {
        const median = percentile(values, 50)
        expect(values.filter((value) => value < median).length).toBeLessThanOrEqual(values.length / 2)
        expect(values.filter((value) => value > median).length).toBeLessThanOrEqual(values.length / 2)
      }),
    )
  })

  test.each([
    [[], 50],
    [[1, 2], -1],
    [[1, 2], 101],
    [[1, 2], NaN],
  ])('of %j refuses p = %s', (values, p) => {
    expect(() => percentile(values, p)).toThrow(expect.objectContaining({ code: 'EVALS_STATISTIC_INVALID' }))
  })
})
