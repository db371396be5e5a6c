import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { wilsonInterval } from './wilson-interval.ts'

interface Golden {
  readonly level: number
  readonly rows: readonly { readonly k: number; readonly n: number; readonly wilson: readonly [number, number] }[]
}

const golden = readGolden<Golden>('stats-proportion-ci')

const trial = fc
  .integer({ min: 1, max: 100_000 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }))
const level = fc.double({ min: 0.01, max: 0.999, noNaN: true })

function widthOf(successes: number, n: number, confidence = 0.95): number {
  const { lower, upper } = wilsonInterval(successes, n, { level: confidence })
  return upper - lower
}

describe('wilsonInterval', () => {
  test.each(golden.rows)('$k of $n is what statsmodels says', ({ k, n, wilson: [lower, upper] }) => {
    const interval = wilsonInterval(k, n, { level: golden.level })
    expect(Math.abs(interval.lower - lower)).toBeLessThanOrEqual(golden.tolerance)
    expect(Math.abs(interval.upper - upper)).toBeLessThanOrEqual(golden.tolerance)
    expect(interval).toMatchObject({ method: 'wilson', level: golden.level })
  })

  test('has a level of 0.95 by default', () => {
    expect(wilsonInterval(17, 20)).toEqual(wilsonInterval(17, 20, { level: 0.95 }))
  })

  test('ends exactly at 0 without a success and at 1 without a failure', () => {
    expect(wilsonInterval(0, 7).lower).toBe(0)
    expect(wilsonInterval(7, 7).upper).toBe(1)
  })

  test('lies within [0, 1], contains the proportion and has width', () => {
    fc.assert(
      fc.property(trial, level, ({ successes, n }, confidence) => {
        const { lower, upper } = wilsonInterval(successes, n, { level: confidence })
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(upper).toBeLessThanOrEqual(1)
        expect(lower).toBeLessThanOrEqual(successes / n)
        expect(upper).toBeGreaterThanOrEqual(successes / n)
        expect(upper).toBeGreaterThan(lower)
      }),
    )
  })

  test('ends where the proportion is z standard errors away', () => {
    const z = 1.959963984540054
    fc.assert(
      fc.property(trial, ({ successes, n }) => {
        const { lower, upper } = wilsonInterval(successes, n)
        for (const p of [lower, upper]) {
          expect((successes / n - p) ** 2).toBeCloseTo((z * z * p * (1 - p)) / n, 12)
        }
      }),
    )
  })

  test('of failures mirrors that of successes', () => {
    fc.assert(
      fc.property(trial, level, ({ successes, n }, confidence) => {
        const interval = wilsonInterval(successes, n, { level: confidence })
        const mirrored = wilsonInterval(n - successes, n, { level: confidence })
        expect(mirrored.lower).toBeCloseTo(1 - interval.upper, 14)
        expect(mirrored.upper).toBeCloseTo(1 - interval.lower, 14)
      }),
    )
  })

  test('widens with the level and narrows with n', () => {
    fc.assert(
      fc.property(trial, level, fc.integer({ min: 2, max: 10 }), ({ successes, n }, confidence, factor) => {
        expect(widthOf(successes, n, confidence + 0.0005)).toBeGreaterThan(widthOf(successes, n, confidence))
        expect(widthOf(successes * factor, n * factor)).toBeLessThan(widthOf(successes, n))
      }),
    )
  })

  test('moves up with the successes, also with parts of one', () => {
    fc.assert(
      fc.property(trial, fc.double({ min: 0.001, max: 1, noNaN: true }), ({ successes, n }, more) => {
        fc.pre(successes < n)
        const interval = wilsonInterval(successes, n)
        const higher = wilsonInterval(successes + more, n)
        expect(higher.lower).toBeGreaterThan(interval.lower)
        expect(higher.upper).toBeGreaterThan(interval.upper)
      }),
    )
  })

  test.each([
    [0, 0],
    [-1, 5],
    [6, 5],
    [1, 2.5],
    [NaN, 5],
    [1, NaN],
    [1, Infinity],
  ])('refuses %s of %s', (successes, n) => {
    expect(() => wilsonInterval(successes, n)).toThrow(expect.objectContaining({ code: 'EVALS_STATISTIC_INVALID' }))
  })

  test('refuses a level in percent', () => {
    expect(() => wilsonInterval(1, 2, { level: 95 })).toThrow(/level .* not 95/)
  })
})
