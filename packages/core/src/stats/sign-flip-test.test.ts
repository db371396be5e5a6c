import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { signFlipTest } from './sign-flip-test.ts'

interface Row {
  readonly label: string
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly p_sign_flip_exact_two_sided?: number
}

const golden = readGolden<{ rows: readonly Row[] }>('stats-paired')
const rows = golden.rows.filter((row) => row.p_sign_flip_exact_two_sided !== undefined)
const few = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 10 })

describe('signFlipTest', () => {
  test.each(rows)('of $label is what all patterns give', ({ a, b, p_sign_flip_exact_two_sided: expected }) => {
    const { pValue, exact } = signFlipTest(a.map((score, index) => score - b[index]!))
    expect(pValue).toBe(expected)
    expect(exact).toBe(true)
  })

  test('agrees with a brute force over all patterns', () => {
    fc.assert(
      fc.property(few, (differences) => {
        const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0))
        const patterns = Array.from({ length: 2 ** differences.length }, (_, pattern) =>
          differences.reduce((sum, value, bit) => sum + ((pattern >> bit) & 1 ? value : -value), 0),
        )
        const extreme = patterns.filter((sum) => Math.abs(sum) >= observed)
        expect(signFlipTest(differences)).toEqual({ pValue: extreme.length / patterns.length, exact: true })
      }),
    )
  })

  test('depends neither on order, nor on the overall sign, nor on zeros, nor on the unit', () => {
    fc.assert(
      fc.property(few, (differences) => {
        const { pValue } = signFlipTest(differences)
        expect(signFlipTest(differences.toReversed()).pValue).toBe(pValue)
        expect(signFlipTest(differences.map((value) => value * -0.1)).pValue).toBe(pValue)
        expect(signFlipTest([0, ...differences, 0]).pValue).toBe(pValue)
      }),
    )
  })

  test('of many differences draws patterns by the seed and comes near the exact p-value', () => {
    const differences = Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? -1 : 1))
    // 14 of 40 are negative: P(X ≤ 14 or X ≥ 26), X ~ Binomial(40, ½)
    const drawn = signFlipTest(differences)
    expect(drawn.exact).toBe(false)
    expect(Math.abs(drawn.pValue - 0.0807)).toBeLessThan(0.01)
    expect(signFlipTest(differences)).toEqual(drawn)
    expect(signFlipTest(differences.map((value) => -value).toReversed())).toEqual(drawn)
    expect(signFlipTest(differences, { seed: 1 }).pValue).not.toBe(drawn.pValue)
    expect(signFlipTest(Array<number>(30).fill(1), { resamples: 999 }).pValue).toBe(0.001)
  })

  test('of nothing, or of no difference, is 1', () => {
    expect(signFlipTest([])).toEqual({ pValue: 1, exact: true })
    expect(signFlipTest([0, 0, 0])).toEqual({ pValue: 1, exact: true })
    expect(() => signFlipTest([1, NaN])).toThrow(invalid)
  })
})
