import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fisherTest } from './fisher-test.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'

interface Row {
  readonly k1: number
  readonly n1: number
  readonly k2: number
  readonly n2: number
  readonly fisher_two_sided: number
}

const golden = readGolden<{ rows: readonly Row[] }>('stats-two-proportions')

const proportion = fc
  .integer({ min: 1, max: 200 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }))

describe('fisherTest', () => {
  test.each(golden.rows)('of $k1/$n1 and $k2/$n2 is what scipy says', ({ k1, n1, k2, n2, fisher_two_sided }) => {
    const p = fisherTest({ successes: k1, n: n1 }, { successes: k2, n: n2 })
    expect(Math.abs(p - fisher_two_sided)).toBeLessThanOrEqual(golden.tolerance)
  })

  test('is a probability, the same from either side and for the failures', () => {
    fc.assert(
      fc.property(proportion, proportion, (first, second) => {
        const p = fisherTest(first, second)
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(fisherTest(second, first)).toBeCloseTo(p, 10)
        const [failures, others] = [first, second].map(({ successes, n }) => ({ successes: n - successes, n }))
        expect(fisherTest(failures!, others!)).toBeCloseTo(p, 10)
      }),
    )
  })

  test('refuses parts of counts', () => {
    expect(() => fisherTest({ successes: 0.5, n: 2 }, { successes: 1, n: 2 })).toThrow(invalid)
  })
})
