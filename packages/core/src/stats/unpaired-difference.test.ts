import { describe, expect, test } from 'vitest'
import { invalid } from './invalid.test-support.ts'
import { unpairedDifference } from './unpaired-difference.ts'

const share = { range: [0, 1] } as const

describe('unpairedDifference', () => {
  const side = (values: readonly number[]) => ({ values })

  test('of pass/fail results is tested by Fisher, with the interval of Newcombe', () => {
    const ones = (successes: number, n: number) => side(Array.from({ length: n }, (_, i) => Number(i < successes)))
    const found = unpairedDifference(ones(12, 20), ones(17, 20), { kind: 'binary', ...share })!
    expect(found).toMatchObject({ test: 'fisher', baseMean: 0.6, otherMean: 0.85, design: { n: 20 } })
    expect(found.difference.value).toBeCloseTo(0.25, 12)
    expect(found.pValue).toBeCloseTo(0.15518744551002617, 9)
    expect(found.difference.interval!.lower).toBeCloseTo(-0.027681780730302863, 9)
    expect(found.difference.interval!.upper).toBeCloseTo(0.4846898327469038, 9)
  })

  test('of graded scores is tested by Welch, within what is possible', () => {
    const found = unpairedDifference(side([0, 1]), side([1, 0.5, 0]), { kind: 'graded', ...share })!
    expect(found).toMatchObject({ test: 'welch', difference: { value: 0, n: 2 } })
    expect(found.pValue).toBeCloseTo(1, 12)
    expect(found.difference.interval).toMatchObject({ lower: -1, upper: 1, method: 'welch' })
  })

  test('in clusters has their larger error', () => {
    const values = [1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0]
    const clusters = values.map((_, index) => String(Math.floor(index / 3)))
    const alone = unpairedDifference({ values }, { values }, { kind: 'binary', ...share })!
    const together = unpairedDifference({ values, clusters }, { values, clusters }, { kind: 'binary', ...share })!
    expect(together.test).toBe('welch')
    expect(together.difference.stderr!).toBeGreaterThan(1.5 * alone.difference.stderr!)
  })

  test('without values, spread or a second value says so', () => {
    const options = { kind: 'graded', ...share } as const
    expect(unpairedDifference(side([]), side([1]), options)).toBeNull()
    expect(unpairedDifference(side([1]), side([0, 1]), options)).toMatchObject({
      pValue: null,
      design: null,
      difference: { n: 1, stderr: null, interval: null },
    })
    expect(unpairedDifference(side([1, 1]), side([0, 0]), options)).toMatchObject({
      pValue: null,
      difference: { value: -1, interval: null, note: 'no spread on either side: no interval is defined' },
    })
    expect(() => unpairedDifference(side([NaN]), side([1]), options)).toThrow(invalid)
  })
})
