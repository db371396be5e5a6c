import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { momentsOf } from './running-moments.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { welchTest } from './welch-test.ts'

const paired = readGolden<{
  rows: readonly { a: number[]; b: number[]; se_unpaired: number; p_welch_unpaired: number }[]
}>('stats-paired')

describe('welchTest', () => {
  // scipy.stats.ttest_ind(equal_var=False)
  test('is what scipy says', () => {
    const result = welchTest(
      { mean: 0.78125, stderr: 0.07003666131799421, degreesOfFreedom: 7 },
      { mean: 0.5916666666666667, stderr: 0.09523363084774436, degreesOfFreedom: 5 },
    )
    expect(result.pValue).toBeCloseTo(0.14041666033025915, 9)
    expect(result.degreesOfFreedom).toBeCloseTo(9.819353938463683, 9)
    expect(result.interval!.lower).toBeCloseTo(-0.07447245045091655, 9)
    expect(result.interval!.upper).toBeCloseTo(0.4536391171175832, 9)
  })

  test.each(paired.rows)('of unpaired scores has the p-value $p_welch_unpaired', ({ a, b, ...expected }) => {
    const [first, second] = [a, b].map((scores) => {
      const { mean, stderr, n } = momentsOf(scores)
      return { mean: mean!, stderr: stderr!, degreesOfFreedom: n - 1 }
    })
    const { stderr, pValue } = welchTest(first!, second!)
    expect(Math.abs(stderr - expected.se_unpaired)).toBeLessThanOrEqual(paired.tolerance)
    expect(Math.abs(pValue - expected.p_welch_unpaired)).toBeLessThanOrEqual(paired.tolerance)
  })

  test('has an interval that excludes 0 exactly where p < 0.05', () => {
    const mean = fc.record({
      mean: fc.double({ min: -3, max: 3, noNaN: true }),
      stderr: fc.double({ min: 0.01, max: 2, noNaN: true }),
      degreesOfFreedom: fc.integer({ min: 1, max: 500 }),
    })
    fc.assert(
      fc.property(mean, mean, (first, second) => {
        const { interval, pValue } = welchTest(first, second)
        fc.pre(Math.abs(pValue - 0.05) > 1e-9)
        expect(interval!.lower > 0 || interval!.upper < 0).toBe(pValue < 0.05)
      }),
    )
  })

  test('says nothing where neither side has an error, and refuses what no mean can be', () => {
    const certain = { mean: 0.3, stderr: 0, degreesOfFreedom: 4 }
    expect(welchTest(certain, { ...certain, mean: 0.5 })).toMatchObject({ interval: null, pValue: 1 })
    expect(() => welchTest(certain, { ...certain, mean: NaN })).toThrow(invalid)
    expect(() => welchTest(certain, { ...certain, degreesOfFreedom: 0 })).toThrow(invalid)
  })
})
