import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cohenKappa } from './cohen-kappa.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'

const golden = readGolden<{
  nominal: { judge: string[]; human: string[]; cohen_kappa: number }
  ordinal: { judge: number[]; human: number[]; kappa_linear: number; kappa_quadratic: number }
  binary: { gold: number[]; pred: number[]; kappa: number }
  edge: { kappa_constant_raters: { judge: number[]; human: number[] } }
}>('stats-agreement-classification')

const rating = fc.integer({ min: 1, max: 4 })

const pairs = fc.array(fc.tuple(rating, rating), { minLength: 2, maxLength: 30 })

describe('cohenKappa', () => {
  test.each([
    ['names', golden.nominal.judge, golden.nominal.human, 'none', golden.nominal.cohen_kappa],
    ['0 and 1', golden.binary.gold, golden.binary.pred, 'none', golden.binary.kappa],
    ['linear weights', golden.ordinal.judge, golden.ordinal.human, 'linear', golden.ordinal.kappa_linear],
    ['quadratic weights', golden.ordinal.judge, golden.ordinal.human, 'quadratic', golden.ordinal.kappa_quadratic],
  ] as const)('of %s is what scikit-learn says', (_, first, second, weights, expected) => {
    expect(Math.abs(cohenKappa(first, second, { weights })! - expected)).toBeLessThanOrEqual(golden.tolerance)
  })

  test('is not defined for raters who only ever say one thing, and without items', () => {
    const { judge, human } = golden.edge.kappa_constant_raters
    expect(cohenKappa(judge, human)).toBeNull()
    expect(cohenKappa([], [])).toBeNull()
  })

  test('is at most 1, 1 for full agreement, and the same with the raters swapped', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom('none', 'linear', 'quadratic'), (ratings, weights) => {
        const [first, second] = [ratings.map(([a]) => a), ratings.map(([, b]) => b)]
        const kappa = cohenKappa(first, second, { weights })
        fc.pre(kappa !== null)
        expect(kappa).toBeLessThanOrEqual(1)
        expect(cohenKappa(second, first, { weights })).toBeCloseTo(kappa, 12)
        if (new Set(first).size > 1) expect(cohenKappa(first, first, { weights })).toBe(1)
      }),
    )
  })

  test('refuses lists of different lengths and NaN', () => {
    expect(() => cohenKappa([1], [])).toThrow(invalid)
    expect(() => cohenKappa([NaN], [1])).toThrow(invalid)
  })
})
