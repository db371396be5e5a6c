import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allEqualInterval } from './all-equal-interval.ts'
import { bootstrapMean } from './bootstrap.ts'
import { estimateValues } from './estimate-values.ts'
import { momentsOf } from './running-moments.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { proportionInterval } from './proportion-interval.ts'
import { tInterval } from './t-interval.ts'

const inspect = readGolden<{
  clustered: readonly {
    values: readonly number[]
    clusters: readonly (string | number)[]
    stderr_clustered: number
    ci95_clustered: { lower: number; upper: number }
  }[]
}>('inspect-metrics')
const skewed = [1, 1, 1, 1, 2, 2, 3, 4, 6, 25]
const even = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

describe('estimateValues', () => {
  test('of nothing is null, of one or two values an estimate', () => {
    expect(estimateValues([])).toBeNull()
    expect(estimateValues([], { kind: 'binary', clusters: [] })).toBeNull()
    expect(estimateValues([0.4])).toEqual({
      value: 0.4,
      n: 1,
      stderr: null,
      interval: null,
      note: 'one value: no interval is defined',
    })
    expect(estimateValues([0.2, 0.4])).toEqual({
      value: momentsOf([0.2, 0.4]).mean,
      n: 2,
      stderr: momentsOf([0.2, 0.4]).stderr,
      interval: tInterval(momentsOf([0.2, 0.4])),
    })
  })

  test('of binary values has the interval asked for, also for a clean sweep', () => {
    expect(estimateValues([1, 1, 1], { kind: 'binary' })).toEqual({
      value: 1,
      n: 3,
      stderr: 0,
      interval: proportionInterval(3, 3),
    })
    const estimate = estimateValues([1, 0, 1], { kind: 'binary', proportion: 'jeffreys', level: 0.9 })
    expect(estimate?.interval?.lower).toBeCloseTo(
      proportionInterval(2, 3, { method: 'jeffreys', level: 0.9 }).lower,
      12,
    )
    expect(estimate?.interval).toMatchObject({ method: 'jeffreys', level: 0.9 })
  })

  test('of equal graded values has the interval of what they rule out, if the range is known', () => {
    expect(estimateValues([0.7, 0.7, 0.7], { range: [0, 1] })).toEqual({
      value: momentsOf([0.7, 0.7, 0.7]).mean,
      n: 3,
      stderr: 0,
      interval: allEqualInterval(momentsOf([0.7, 0.7, 0.7]).mean!, 3, { range: [0, 1] }),
      note: 'all 3 values are equal: the interval is what 3 such values can rule out',
    })
    expect(estimateValues([0.7, 0.7, 0.7])).toMatchObject({
      interval: null,
      note: 'all 3 values are equal: no interval is defined',
    })
  })

  test('takes t for even values and seeded BCa for skewed ones, unless told otherwise', () => {
    expect(estimateValues(even)?.interval).toEqual(tInterval(momentsOf(even)))
    expect(estimateValues(skewed)?.interval).toEqual(bootstrapMean(skewed)!.interval)
    expect(estimateValues(skewed, { seed: 3, level: 0.9 })?.interval).toEqual(
      bootstrapMean(skewed, { seed: 3, level: 0.9 })!.interval,
    )
    expect(estimateValues(skewed, { graded: 't' })?.interval).toEqual(tInterval(momentsOf(skewed)))
    expect(estimateValues(even, { graded: 'bootstrap' })?.interval).toEqual(bootstrapMean(even)!.interval)
    // Nine values are too few for BCa, however skewed.
    expect(estimateValues(skewed.slice(1))?.interval?.method).toBe('t')
  })

  test.each(inspect.clustered.slice(0, 2))('of clusters is what Inspect says of $values', (row) => {
    const estimate = estimateValues(row.values, { clusters: row.clusters.map(String) })
    expect(Math.abs(estimate!.stderr! - row.stderr_clustered)).toBeLessThanOrEqual(inspect.tolerance)
    // Their t quantile is exact to nine digits only.
    expect(estimate!.interval!.lower).toBeCloseTo(row.ci95_clustered.lower, 8)
    expect(estimate!.interval!.upper).toBeCloseTo(row.ci95_clustered.upper, 8)
  })

  test('of clusters that agree, or of one, claims no certainty', () => {
    const clusters = ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd']
    const binary = { kind: 'binary', range: [0, 1], clusters } as const
    expect(estimateValues([1, 0, 1, 0, 1, 0, 1, 0], binary)).toEqual({
      value: 0.5,
      n: 8,
      stderr: 0,
      interval: allEqualInterval(0.5, 4, { range: [0, 1] }),
      note: 'the means of all 4 clusters are equal: the interval is what 4 such values can rule out',
    })
    expect(estimateValues([1, 0], { clusters: ['a', 'a'] })).toEqual({
      value: 0.5,
      n: 2,
      stderr: null,
      interval: null,
      note: 'one cluster: no interval is defined',
    })
  })

  test('never has an interval without width, and always one that contains the mean', () => {
    const values = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 1, maxLength: 25 })
    fc.assert(
      fc.property(values, fc.boolean(), (scores, isClustered) => {
        const clusters = scores.map((_, index) => String(index % 5))
        const { value, interval } = estimateValues(scores, { range: [0, 1], ...(isClustered && { clusters }) })!
        expect(interval!.upper).toBeGreaterThan(interval!.lower)
        expect(interval!.lower).toBeLessThanOrEqual(value)
        expect(interval!.upper).toBeGreaterThanOrEqual(value)
      }),
    )
  })

  test.each([
    [[0, NaN], {}],
    [[0, Infinity], {}],
    [[0, 1.2], { range: [0, 1] as const }],
    [[0, 0.5], { kind: 'binary' as const }],
    [[0, 1], { clusters: ['a'] }],
  ])('refuses %j with %j', (values, options) => {
    expect(() => estimateValues(values, options)).toThrow(invalid)
  })
})
