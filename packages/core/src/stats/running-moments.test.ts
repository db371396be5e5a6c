import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { momentsOf, type RunningMoments } from './running-moments.ts'

function bruteForce(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: squares / (values.length - 1) }
}

/** Both within rounding of values up to 1,000 in size. */
function expectSame(actual: RunningMoments, expected: { mean: number; variance: number }): void {
  expect(actual.mean).toBeCloseTo(expected.mean, 9)
  expect(actual.variance).toBeCloseTo(expected.variance, 7)
}

const value = fc.double({ min: -1000, max: 1000, noNaN: true })
const values = fc.array(value, { maxLength: 50 })

interface Metrics {
  readonly values: readonly (number | string | boolean)[]
  readonly mean: number
  readonly std: number
  readonly var: number
  readonly stderr: number
}

const inspect = readGolden<{ metrics: Readonly<Record<string, Metrics>> }>('inspect-metrics')
// Theirs are 0 for one value and none, where nothing is known; letters are theirs alone.
const numeric = Object.entries(inspect.metrics).flatMap(([name, metrics]) => {
  const given = metrics.values.filter((score) => typeof score === 'number')
  return given.length < 2 || given.length < metrics.values.length ? [] : [{ ...metrics, name, values: given }]
})

describe('RunningMoments', () => {
  test.each(numeric)('$name are those of Inspect', ({ values: given, mean, std, var: variance, stderr }) => {
    const moments = momentsOf(given)
    for (const [found, expected] of [
      [moments.mean, mean],
      [moments.stdev, std],
      [moments.variance, variance],
      [moments.stderr, stderr],
    ] as const) {
      expect(Math.abs(found! - expected)).toBeLessThanOrEqual(inspect.tolerance)
    }
  })

  test('of nothing has no mean, and of one value no variance', () => {
    expect(momentsOf([])).toMatchObject({ n: 0, mean: null, variance: null, stdev: null, stderr: null })
    expect(momentsOf([0.7])).toMatchObject({ n: 1, mean: 0.7, variance: null, stdev: null, stderr: null })
  })

  test('keeps its digits far from zero', () => {
    const moments = momentsOf([4, 7, 13, 16].map((offset) => 1e9 + offset))
    expect(moments.mean).toBe(1e9 + 10)
    expect(moments.variance).toBe(30)
    expect(moments.stderr).toBe(Math.sqrt(7.5))
  })

  test('agrees with two passes over all values', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 100 }), (all) => {
        const moments = momentsOf(all)
        expect(moments.n).toBe(all.length)
        expectSame(moments, bruteForce(all))
        expect(moments.stderr).toBeCloseTo(Math.sqrt(bruteForce(all).variance / all.length), 7)
      }),
    )
  })

  test('merging is adding all, and leaves the other as it was', () => {
    fc.assert(
      fc.property(values, values, (left, right) => {
        fc.pre(left.length + right.length >= 2)
        const merged = momentsOf(left)
        const other = momentsOf(right)
        merged.merge(other)
        expect(merged.n).toBe(left.length + right.length)
        expectSame(merged, bruteForce([...left, ...right]))
        expect(other).toMatchObject({ n: right.length, mean: momentsOf(right).mean })
      }),
    )
  })

  test('merges with itself', () => {
    const moments = momentsOf([1, 2])
    moments.merge(moments)
    expect(moments).toMatchObject({ n: 4, mean: 1.5, variance: 1 / 3 })
  })

  test('equal values have a variance of exactly 0, merged or not', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (same, left, right) => {
        const moments = momentsOf(Array<number>(left).fill(same))
        moments.merge(momentsOf(Array<number>(right).fill(same)))
        expect(moments.mean === same).toBe(true)
        expect(moments.variance).toBe(0)
      }),
    )
  })

  test.each([NaN, Infinity, -Infinity])('refuses %s and stays as it was', (bad) => {
    const moments = momentsOf([1, 3])
    expect(() => moments.add(bad)).toThrow(expect.objectContaining({ code: 'EVALS_STATISTIC_INVALID' }))
    expect(moments).toMatchObject({ n: 2, mean: 2 })
  })
})
