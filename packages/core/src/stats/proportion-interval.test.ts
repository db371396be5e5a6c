import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { binomialProbability } from './probabilities.ts'
import { proportionInterval, type ProportionMethod } from './proportion-interval.ts'

type Bounds = readonly [number, number]
interface Row {
  readonly k: number
  readonly n: number
  readonly wilson: Bounds
  readonly clopper_pearson: Bounds
  readonly agresti_coull: Bounds
  readonly jeffreys: Bounds
}

const golden = readGolden<{ level: number; rows: readonly Row[] }>('stats-proportion-ci')
const methods = ['wilson', 'clopper-pearson', 'agresti-coull', 'jeffreys'] as const
const cases = golden.rows.flatMap((row) =>
  methods.map((method) => ({
    ...row,
    method,
    bounds: row[method.replace('-', '_') as 'wilson' | 'clopper_pearson' | 'agresti_coull' | 'jeffreys'],
  })),
)
const trial = fc
  .integer({ min: 1, max: 2000 })
  .chain((n) => fc.record({ n: fc.constant(n), k: fc.integer({ min: 0, max: n }) }))
const anyMethod = fc.constantFrom(...methods)
const level = fc.double({ min: 0.5, max: 0.999, noNaN: true })

describe('proportionInterval', () => {
  test.each(cases)('$method: $k of $n is what statsmodels says', ({ k, n, method, bounds: [lower, upper] }) => {
    const interval = proportionInterval(k, n, { level: golden.level, method })
    expect(Math.abs(interval.lower - lower)).toBeLessThanOrEqual(golden.tolerance)
    expect(Math.abs(interval.upper - upper)).toBeLessThanOrEqual(golden.tolerance)
    expect(interval).toMatchObject({ method, level: golden.level })
  })

  test('is Wilson at 0.95 by default', () => {
    expect(proportionInterval(3, 4)).toEqual(proportionInterval(3, 4, { method: 'wilson', level: 0.95 }))
  })

  test('lies within [0, 1], has width, mirrors that of the failures and widens with the level', () => {
    fc.assert(
      fc.property(trial, anyMethod, level, ({ k, n }, method, confidence) => {
        const { lower, upper } = proportionInterval(k, n, { method, level: confidence })
        const mirrored = proportionInterval(n - k, n, { method, level: confidence })
        const wider = proportionInterval(k, n, { method, level: confidence + 0.0009 })
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(upper).toBeLessThanOrEqual(1)
        expect(upper).toBeGreaterThan(lower)
        expect(mirrored.lower).toBeCloseTo(1 - upper, 12)
        expect(wider.upper - wider.lower).toBeGreaterThan(upper - lower - 1e-12)
      }),
    )
  })

  test('of Clopper and Pearson ends where a one-sided binomial test has p = 0.025', () => {
    fc.assert(
      fc.property(trial, ({ k, n }) => {
        const { lower, upper } = proportionInterval(k, n, { method: 'clopper-pearson' })
        if (k > 0) expect(1 - binomialProbability(k - 1, n, lower)).toBeCloseTo(0.025, 9)
        if (k < n) expect(binomialProbability(k, n, upper)).toBeCloseTo(0.025, 9)
      }),
    )
  })

  test('of Clopper and Pearson covers every proportion at least as often as its level says', () => {
    const n = 12
    const intervals = Array.from({ length: n + 1 }, (_, k) => proportionInterval(k, n, { method: 'clopper-pearson' }))
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p) => {
        const covered = intervals.reduce((sum, { lower, upper }, k) => {
          const probability = binomialProbability(k, n, p) - binomialProbability(k - 1, n, p)
          return lower <= p && p <= upper ? sum + probability : sum
        }, 0)
        expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-9)
      }),
    )
  })

  test('refuses no trials, a level in percent and unknown methods', () => {
    for (const method of methods) expect(() => proportionInterval(0, 0, { method })).toThrow(invalid)
    expect(() => proportionInterval(1, 2, { level: 95 })).toThrow(invalid)
    expect(() => proportionInterval(1, 2, { method: 'wald' as ProportionMethod })).toThrow(/not wald/)
  })
})
