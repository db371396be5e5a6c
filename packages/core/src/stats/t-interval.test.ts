import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { normalQuantile } from './distributions.ts'
import { momentsOf } from './running-moments.ts'
import { tInterval } from './t-interval.ts'

interface Row {
  readonly label: string
  readonly values: readonly number[]
  readonly n: number
  readonly mean: number
  readonly sd: number
  readonly se: number
  readonly [interval: `${'t' | 'z'}_ci_${number}`]: readonly [number, number]
}

const golden = readGolden<{ readonly rows: readonly Row[] }>('stats-mean-ci')

/** Rows where scipy 1.10 is off by more than the tolerance: it stops iterating early. These come from 60 digits (mpmath). */
const corrected: Readonly<Record<string, readonly [number, number]>> = {
  '0..9 at 99': [1.3885193567296978, 7.611480643270302],
}

function expectNear(actual: number | undefined | null, expected: number): void {
  expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(golden.tolerance * Math.max(1, Math.abs(expected)))
}

describe('tInterval', () => {
  const cases = golden.rows.flatMap((row) => [90, 95, 99].map((percent) => ({ row, percent })))

  test.each(cases)('$row.label at $percent % is what scipy says', ({ percent, row }) => {
    const moments = momentsOf(row.values)
    expect(moments.n).toBe(row.n)
    expectNear(moments.mean, row.mean)
    expectNear(Math.sqrt(moments.variance ?? NaN), row.sd)
    expectNear(moments.stderr, row.se)

    const interval = tInterval(moments, { level: percent / 100 })
    const [lower, upper] = corrected[`${row.label} at ${percent}`] ?? row[`t_ci_${percent}`] ?? [NaN, NaN]
    expectNear(interval?.lower, lower)
    expectNear(interval?.upper, upper)
    expect(interval).toMatchObject({ method: 't', level: percent / 100 })

    const margin = normalQuantile(0.5 + percent / 200) * row.se
    const [zLower, zUpper] = row[`z_ci_${percent}`] ?? [NaN, NaN]
    expectNear(row.mean - margin, zLower)
    expectNear(row.mean + margin, zUpper)
  })

  const moments = fc.record({
    n: fc.integer({ min: 2, max: 10_000 }),
    mean: fc.double({ min: -1000, max: 1000, noNaN: true }),
    stderr: fc.double({ min: 1e-6, max: 1000, noNaN: true }),
  })

  function marginOf(given: { n: number; mean: number; stderr: number }, level = 0.95): number {
    return (tInterval({ ...given, mean: 0 }, { level })?.upper ?? NaN) / given.stderr
  }

  test('has the mean in its middle and a level of 0.95 by default', () => {
    fc.assert(
      fc.property(moments, (given) => {
        const interval = tInterval(given)
        expect(interval).toEqual(tInterval(given, { level: 0.95 }))
        expect(interval?.lower).toBeLessThan(given.mean)
        expect(interval?.upper).toBeGreaterThan(given.mean)
        expect(((interval?.lower ?? NaN) + (interval?.upper ?? NaN)) / 2).toBeCloseTo(given.mean, 9)
      }),
    )
  })

  test('widens with the level, and narrows with n at the same standard error', () => {
    fc.assert(
      fc.property(moments, fc.double({ min: 0.01, max: 0.999, noNaN: true }), (given, level) => {
        expect(marginOf(given, level + 0.0005)).toBeGreaterThan(marginOf(given, level))
        expect(marginOf({ ...given, n: given.n + 1 })).toBeLessThan(marginOf(given))
      }),
    )
  })

  test('is not clipped to the range of the scores', () => {
    expect(tInterval(momentsOf([0.2, 0.4]))?.lower).toBeLessThan(0)
  })

  test('is not defined for fewer than two values or without spread', () => {
    expect(tInterval(momentsOf([]))).toBeNull()
    expect(tInterval(momentsOf([0.4]))).toBeNull()
    expect(tInterval(momentsOf([0.4, 0.4, 0.4]))).toBeNull()
    expect(tInterval(momentsOf([0, 0]))).toBeNull()
    expect(tInterval(momentsOf([0.3, 0.1 + 0.2]))).toBeNull()
  })

  test.each([
    { n: 2.5, mean: 1, stderr: 1 },
    { n: -1, mean: 1, stderr: 1 },
    { n: NaN, mean: 1, stderr: 1 },
    { n: 3, mean: NaN, stderr: 1 },
    { n: 3, mean: null, stderr: 1 },
    { n: 3, mean: 1, stderr: null },
    { n: 3, mean: 1, stderr: -1 },
    { n: 3, mean: 1, stderr: Infinity },
  ])('refuses n $n, mean $mean, stderr $stderr', (given) => {
    expect(() => tInterval(given)).toThrow(expect.objectContaining({ code: 'EVALS_STATISTIC_INVALID' }))
  })

  test('refuses a level in percent, also where no interval is defined', () => {
    expect(() => tInterval({ n: 0, mean: null, stderr: null }, { level: 95 })).toThrow(/level .* not 95/)
  })
})
