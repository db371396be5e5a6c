import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allEqualInterval } from './all-equal-interval.ts'
import { bonettPriceInterval } from './bonett-price-interval.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { pairedDifference } from './paired-difference.ts'

interface Row {
  readonly label: string
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly mean_diff: number
  readonly se_paired: number
  readonly t_ci95: readonly [number, number]
  readonly p_sign_test_two_sided: number
  readonly p_sign_flip_exact_two_sided?: number
  readonly clusters?: readonly number[]
  readonly se_paired_clustered_CR1?: number
}

const golden = readGolden<{ rows: readonly Row[] }>('stats-paired')

const [binary, graded] = golden.rows as readonly [Row, Row]

const share = { range: [0, 1] } as const

const unbounded = { kind: 'graded', range: [-Infinity, Infinity] } as const

const scores = fc.array(fc.tuple(fc.constantFrom(0, 0.25, 0.5, 1), fc.constantFrom(0, 0.25, 0.5, 1)), {
  minLength: 1,
  maxLength: 18,
})

describe('pairedDifference', () => {
  test.each(golden.rows)('of $label has the error of scipy', ({ a, b, mean_diff, se_paired, t_ci95 }) => {
    const { difference } = pairedDifference({ ...unbounded, base: b, other: a })!
    expect(Math.abs(difference.value - mean_diff)).toBeLessThanOrEqual(golden.tolerance)
    expect(Math.abs(difference.stderr! - se_paired)).toBeLessThanOrEqual(golden.tolerance)
    expect(Math.abs(difference.interval!.lower - t_ci95[0])).toBeLessThanOrEqual(golden.tolerance)
    expect(Math.abs(difference.interval!.upper - t_ci95[1])).toBeLessThanOrEqual(golden.tolerance)
  })

  test('of pass/fail results is tested by McNemar, with the interval of Bonett and Price', () => {
    const found = pairedDifference({ kind: 'binary', ...share, base: binary.b, other: binary.a })!
    expect(found).toMatchObject({ test: 'mcnemar', exact: true, pValue: binary.p_sign_test_two_sided })
    expect(found.difference.interval).toEqual(bonettPriceInterval({ n: 20, onlyBase: 0, onlyOther: 4 }))
    expect(found.difference.stderr).toBeCloseTo(binary.se_paired, 12)
    expect(found.design).toEqual({ n: 20, discordant: 6 / 22 })
  })

  test('of graded scores is tested by flipping signs', () => {
    expect(pairedDifference({ kind: 'graded', ...share, base: graded.b, other: graded.a })).toMatchObject({
      test: 'sign-flip',
      exact: true,
      pValue: graded.p_sign_flip_exact_two_sided,
    })
  })

  test('in clusters has the CR1 error, and flips clusters', () => {
    const clusters = binary.clusters!.map(String)
    const found = pairedDifference({ kind: 'binary', ...share, base: binary.b, other: binary.a, clusters })!
    expect(found.difference.stderr).toBeCloseTo(binary.se_paired_clustered_CR1!, 12)
    // Four of five clusters gained one sample each, one none: 2 of 2⁴ patterns are as extreme.
    expect(found).toMatchObject({ test: 'sign-flip', exact: true, pValue: 0.125 })
    expect(found.design).toMatchObject({ n: 5, degreesOfFreedom: 4 })
  })

  test('of identical scores claims no certainty', () => {
    const same = { ...share, base: [0.2, 0.4, 0.1 + 0.2], other: [0.2, 0.4, 0.3] }
    expect(pairedDifference({ kind: 'graded', ...same })).toEqual({
      baseMean: expect.closeTo(0.3, 12),
      otherMean: expect.closeTo(0.3, 12),
      difference: {
        value: 0,
        n: 3,
        stderr: 0,
        interval: allEqualInterval(0, 3, { range: [-1, 1] }),
        note: 'all 3 pairs differ by the same: the interval is what 3 of them can rule out',
      },
      test: 'sign-flip',
      exact: true,
      pValue: 1,
      design: null,
    })
    expect(pairedDifference({ ...same, ...unbounded })?.difference).toMatchObject({
      interval: null,
      note: 'all 3 pairs differ by the same: no interval is defined',
    })
    expect(pairedDifference({ kind: 'binary', ...share, base: [1, 1], other: [1, 1] })).toMatchObject({ pValue: 1 })
  })

  test('of differences that cancel is exactly 0', () => {
    const found = pairedDifference({ ...unbounded, base: [0, 0, 0], other: [0.1, 0.2, -0.3] })!
    expect(found).toMatchObject({ difference: { value: 0, n: 3 }, pValue: 1 })
    expect(found.difference.stderr).toBeGreaterThan(0.1)
  })

  test('of one pair or one cluster has no error, of none is nothing', () => {
    expect(pairedDifference({ kind: 'graded', ...share, base: [], other: [] })).toBeNull()
    expect(pairedDifference({ ...unbounded, base: [1], other: [2] })).toMatchObject({
      difference: { value: 1, n: 1, stderr: null, interval: null, note: 'one pair: no interval is defined' },
      pValue: 1,
      design: null,
    })
    const clusters = ['a', 'a', 'a']
    expect(pairedDifference({ ...unbounded, base: [1, 2, 3], other: [2, 3, 5], clusters })).toMatchObject({
      difference: { n: 3, stderr: null, interval: null, note: 'one cluster: no interval is defined' },
      pValue: 1,
    })
  })

  test('mirrors with the sides, and its interval contains it and has width', () => {
    fc.assert(
      fc.property(scores, fc.boolean(), (pairs, isClustered) => {
        const [base, other] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
        const clusters = pairs.map((_, index) => String(index % 4))
        const options = { kind: 'graded', ...share, ...(isClustered && { clusters }) } as const
        const found = pairedDifference({ ...options, base, other })!
        const mirrored = pairedDifference({ ...options, base: other, other: base })!
        const { value, interval } = found.difference
        expect(mirrored.pValue).toBe(found.pValue)
        expect(mirrored.difference.value).toBeCloseTo(-value, 12)
        expect(mirrored.difference.interval!.lower).toBeCloseTo(-interval!.upper, 9)
        expect(interval!.lower).toBeLessThanOrEqual(value + 1e-12)
        expect(interval!.upper).toBeGreaterThanOrEqual(value - 1e-12)
        expect(interval!.upper).toBeGreaterThan(interval!.lower)
      }),
    )
  })

  test('refuses NaN, other scores than declared and lists of different lengths', () => {
    expect(() => pairedDifference({ ...unbounded, base: [1, NaN], other: [1, 2] })).toThrow(invalid)
    expect(() => pairedDifference({ kind: 'binary', ...share, base: [0.5], other: [1] })).toThrow(invalid)
    expect(() => pairedDifference({ kind: 'graded', ...share, base: [0.5], other: [1.5] })).toThrow(invalid)
    expect(() => pairedDifference({ ...unbounded, base: [1], other: [1, 2] })).toThrow(invalid)
    expect(() => pairedDifference({ ...unbounded, base: [1], other: [1], clusters: [] })).toThrow(invalid)
  })
})
