import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adjustPValues } from './adjust-p-values.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'

const golden = readGolden<{ pvalues: number[]; holm: number[]; benjamini_hochberg: number[] }>('stats-multiple-testing')
const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })
const adjustment = fc.constantFrom('holm', 'benjamini-hochberg')

describe('adjustPValues', () => {
  test.each([
    ['holm', golden.holm],
    ['benjamini-hochberg', golden.benjamini_hochberg],
    ['none', golden.pvalues],
  ] as const)('by %s is what statsmodels says', (method, expected) => {
    for (const [index, p] of adjustPValues(golden.pvalues, method).entries()) {
      expect(Math.abs(p! - expected[index]!)).toBeLessThanOrEqual(golden.tolerance)
    }
  })

  test('keeps the order, lowers none, and goes no further than Bonferroni', () => {
    fc.assert(
      fc.property(probabilities, adjustment, (pValues, method) => {
        const adjusted = adjustPValues(pValues, method) as number[]
        for (const [i, p] of pValues.entries()) {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p)
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p * pValues.length))
          for (const [j, other] of pValues.entries())
            if (p < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!)
        }
      }),
    )
  })

  test('does not depend on the order of the tests, nor on what was not tested', () => {
    fc.assert(
      fc.property(probabilities, adjustment, (pValues, method) => {
        const adjusted = adjustPValues(pValues, method)
        expect(adjustPValues(pValues.toReversed(), method)).toEqual(adjusted.toReversed())
        expect(adjustPValues([null, ...pValues, null], method)).toEqual([null, ...adjusted, null])
      }),
    )
  })

  test('of nothing is nothing; what is no probability is refused', () => {
    expect(adjustPValues([], 'holm')).toEqual([])
    expect(() => adjustPValues([0.1, NaN], 'none')).toThrow(invalid)
    expect(() => adjustPValues([1.1], 'holm')).toThrow(invalid)
  })
})
