import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { mcnemarTest } from './mcnemar.ts'
import { signFlipTest } from './sign-flip-test.ts'

interface Row {
  readonly 'b (A right, B wrong)': number
  readonly 'c (A wrong, B right)': number
  readonly p_exact: number
}

const golden = readGolden<{ rows: readonly Row[] }>('stats-mcnemar')
const count = fc.integer({ min: 0, max: 2000 })

describe('mcnemarTest', () => {
  test.each(golden.rows)('is exact: $p_exact', (row) => {
    const p = mcnemarTest(row['b (A right, B wrong)'], row['c (A wrong, B right)'])
    expect(Math.abs(p - row.p_exact)).toBeLessThanOrEqual(golden.tolerance)
  })

  test('is a probability, the same from either side, and falls as the counts part', () => {
    fc.assert(
      fc.property(count, count, (b, c) => {
        const p = mcnemarTest(b, c)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(mcnemarTest(c, b)).toBe(p)
        expect(mcnemarTest(Math.max(b, c) + 1, Math.min(b, c))).toBeLessThanOrEqual(p)
      }),
    )
  })

  test('agrees with all sign patterns counted', () => {
    const few = fc.integer({ min: 0, max: 6 })
    fc.assert(
      fc.property(few, few, (b, c) => {
        const differences = [...Array<number>(b).fill(-1), ...Array<number>(c).fill(1)]
        expect(mcnemarTest(b, c)).toBeCloseTo(signFlipTest(differences).pValue, 12)
      }),
    )
  })

  test.each([
    [-1, 2],
    [1.5, 2],
    [1, NaN],
  ])('refuses %s and %s', (b, c) => {
    expect(() => mcnemarTest(b, c)).toThrow(invalid)
  })
})
