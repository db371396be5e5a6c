import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { newcombeInterval } from './newcombe-interval.ts'

interface Row {
  readonly k1: number
  readonly n1: number
  readonly k2: number
  readonly n2: number
  readonly newcombe_ci95: readonly [number, number]
}

const golden = readGolden<{ rows: readonly Row[] }>('stats-two-proportions')

const proportion = fc
  .integer({ min: 1, max: 200 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }))

describe('newcombeInterval', () => {
  test.each(golden.rows)('of $k1/$n1 and $k2/$n2 is what statsmodels says', ({ k1, n1, k2, n2, newcombe_ci95 }) => {
    const { lower, upper } = newcombeInterval({ successes: k1, n: n1 }, { successes: k2, n: n2 })
    expect(Math.abs(lower - newcombe_ci95[0])).toBeLessThanOrEqual(golden.tolerance)
    expect(Math.abs(upper - newcombe_ci95[1])).toBeLessThanOrEqual(golden.tolerance)
  })

  test('contains the difference, lies within [−1, 1], has width and mirrors', () => {
    fc.assert(
      fc.property(proportion, proportion, (first, second) => {
        const { lower, upper } = newcombeInterval(first, second)
        const difference = first.successes / first.n - second.successes / second.n
        expect(lower).toBeLessThanOrEqual(difference + 1e-12)
        expect(upper).toBeGreaterThanOrEqual(difference - 1e-12)
        expect(lower).toBeGreaterThanOrEqual(-1 - 1e-12)
        expect(upper).toBeLessThanOrEqual(1 + 1e-12)
        expect(upper).toBeGreaterThan(lower)
        expect(newcombeInterval(second, first).lower).toBeCloseTo(-upper, 12)
      }),
    )
  })
})
