import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bootstrapMean } from './bootstrap.ts'
import { momentsOf } from './running-moments.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'

interface Row {
  readonly values: readonly number[]
  readonly check: number
  readonly 'percentile_2.5_linear': number
  readonly 'percentile_97.5_linear': number
}

const golden = readGolden<{ rows: readonly Row[] }>('stats-bootstrap-exact')
const [spread, equal] = golden.rows as readonly [Row, Row]
const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 5, maxLength: 30 })

describe('bootstrapMean', () => {
  test('comes within 0.01 of all resamples counted', () => {
    const bootstrap = bootstrapMean(spread.values, { method: 'percentile', resamples: 20_000 })!
    expect(Math.abs(bootstrap.stderr - spread.check)).toBeLessThan(0.01)
    expect(bootstrap.interval).toEqual({
      lower: spread['percentile_2.5_linear'],
      upper: spread['percentile_97.5_linear'],
      method: 'bootstrap-percentile',
      level: 0.95,
    })
  })

  test('of equal values has no interval, of fewer than two values nothing', () => {
    expect(bootstrapMean(equal.values)).toEqual({ stderr: 0, interval: null })
    expect(bootstrapMean([0.3, 0.1 + 0.2, 0.3])).toEqual({ stderr: 0, interval: null })
    expect(bootstrapMean([])).toBeNull()
    expect(bootstrapMean([1])).toBeNull()
    expect(bootstrapMean([1, 2, 3], { clusters: ['a', 'a', 'a'] })).toBeNull()
  })

  test('is the same for the same seed and another for another', () => {
    const scores = [0.2, 0.9, 0.5, 0.7, 0.1]
    expect(bootstrapMean(scores, { seed: 7 })).toEqual(bootstrapMean(scores, { seed: 7 }))
    expect(bootstrapMean(scores, { seed: 7 })?.stderr).not.toBe(bootstrapMean(scores, { seed: 8 })?.stderr)
  })

  // scipy.stats.bootstrap with 200,000 resamples: BCa from 2.0 to 13.3, standard error 2.206.
  test('of skewed values agrees with scipy, and moves to their long side by BCa', () => {
    const scores = [1, 1, 1, 1, 2, 2, 3, 4, 6, 25]
    const { interval: bca, stderr } = bootstrapMean(scores)!
    const plain = bootstrapMean(scores, { method: 'percentile' })!.interval!
    expect(Math.abs(bca!.lower - 2)).toBeLessThan(0.15)
    expect(Math.abs(bca!.upper - 13.3)).toBeLessThan(0.5)
    expect(Math.abs(stderr - 2.206)).toBeLessThan(0.05)
    expect(bca!.lower).toBeGreaterThan(plain.lower)
    expect(bca!.upper).toBeGreaterThan(plain.upper)
    expect(bca).toMatchObject({ method: 'bootstrap-bca', level: 0.95 })
  })

  test('contains the mean, lies among the values and has about their standard error', () => {
    fc.assert(
      fc.property(values, (scores) => {
        fc.pre(new Set(scores).size > 1)
        const { stderr, interval } = bootstrapMean(scores, { resamples: 2_000 })!
        const { mean, n, variance } = momentsOf(scores)
        expect(interval!.lower).toBeLessThanOrEqual(mean! + 1e-9)
        expect(interval!.upper).toBeGreaterThanOrEqual(mean! - 1e-9)
        expect(interval!.lower).toBeGreaterThanOrEqual(Math.min(...scores))
        expect(interval!.upper).toBeLessThanOrEqual(Math.max(...scores))
        expect(stderr / Math.sqrt((variance! * (n - 1)) / n / n)).toBeCloseTo(1, 0)
      }),
      { numRuns: 30 },
    )
  })

  test('draws clusters, not values, where there are some', () => {
    const scores = [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0]
    const clusters = scores.map((_, index) => `c${Math.floor(index / 4)}`)
    const [alone, together] = [bootstrapMean(scores)!, bootstrapMean(scores, { clusters })!]
    expect(together.stderr / alone.stderr).toBeCloseTo(2, 1)
  })

  test('refuses NaN, too few resamples and lists of different lengths', () => {
    expect(() => bootstrapMean([1, NaN])).toThrow(invalid)
    expect(() => bootstrapMean([1, 2], { resamples: 10 })).toThrow(invalid)
    expect(() => bootstrapMean([1, 2], { clusters: ['a'] })).toThrow(invalid)
    expect(() => bootstrapMean([1, 2], { level: 95 })).toThrow(invalid)
  })
})
