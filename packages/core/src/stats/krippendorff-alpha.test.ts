import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { krippendorffAlpha, type MeasurementLevel } from './krippendorff-alpha.ts'

const inspect = readGolden<{ krippendorff: { level: MeasurementLevel; units: number[][]; alpha: number }[] }>(
  'inspect-metrics',
)
const rating = fc.integer({ min: 1, max: 4 })

describe('krippendorffAlpha', () => {
  test.each(inspect.krippendorff)('$level of $units is $alpha', ({ level, units, alpha }) => {
    expect(Math.abs(krippendorffAlpha(units, level)! - alpha)).toBeLessThanOrEqual(inspect.tolerance)
  })

  // Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, section C: 12 units, 4 observers, missing values.
  test('of the published example is what its author says', () => {
    const observers = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
      [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
    ]
    const units = observers[0]!.map((_, unit) => observers.map((ratings) => ratings[unit]!))
    expect(krippendorffAlpha(units, 'nominal')).toBeCloseTo(0.743, 3)
    expect(krippendorffAlpha(units, 'ordinal')).toBeCloseTo(0.815, 3)
    expect(krippendorffAlpha(units, 'interval')).toBeCloseTo(0.849, 3)
  })

  test('ignores who rated, missing ratings and items rated once; interval ignores the unit', () => {
    const units = fc.array(fc.array(fc.option(rating), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 10 })
    const level = fc.constantFrom<MeasurementLevel>('nominal', 'ordinal', 'interval')
    fc.assert(
      fc.property(units, level, (items, measure) => {
        const alpha = krippendorffAlpha(items, measure)
        fc.pre(alpha !== null)
        expect(alpha).toBeLessThanOrEqual(1)
        const others = [...items.map((unit) => [null, ...unit.toReversed()]), [3, null], []]
        expect(krippendorffAlpha(others, measure)).toBeCloseTo(alpha, 10)
        const scaled = items.map((unit) => unit.map((own) => (own === null ? null : own * 10 - 3)))
        expect(krippendorffAlpha(scaled, measure)).toBeCloseTo(alpha, 10)
      }),
    )
  })

  test('of nothing is null; names have no order, NaN is refused', () => {
    expect(krippendorffAlpha([])).toBeNull()
    expect(krippendorffAlpha([[1, null]])).toBeNull()
    expect(
      krippendorffAlpha([
        ['a', 'a'],
        ['b', 'b'],
      ]),
    ).toBe(1)
    expect(() => krippendorffAlpha([['a', 'a']], 'ordinal')).toThrow(invalid)
    expect(() => krippendorffAlpha([[1, NaN]])).toThrow(invalid)
  })
})
