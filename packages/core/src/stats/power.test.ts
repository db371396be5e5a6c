import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { mcnemarPower } from './mcnemar-power.ts'
import { minimumDetectableDifference, power, sampleSize } from './power.ts'

interface SampleSizeRow {
  readonly delta: number
  readonly omega2: number
  readonly sigmaA2: number
  readonly sigmaB2: number
  readonly KA: number
  readonly KB: number
  readonly alpha: number
  readonly power: number
  readonly n_ceil: number
}

interface DifferenceRow {
  readonly n: number
  readonly omega2: number
  readonly sigma2_each: number
  readonly K: number
  readonly mde: number
}

const golden = readGolden<{ sample_size: readonly SampleSizeRow[]; mde: readonly DifferenceRow[] }>('stats-power')

const variance = fc.double({ min: 0.01, max: 4, noNaN: true })

const delta = fc.double({ min: 0.01, max: 0.5, noNaN: true })

describe('sampleSize', () => {
  test.each(golden.sample_size)('to see $delta with variance $omega2 is $n_ceil', (row) => {
    const n = sampleSize({
      delta: row.delta,
      differenceVariance: row.omega2,
      baseEpochVariance: row.sigmaA2,
      otherEpochVariance: row.sigmaB2,
      baseEpochs: row.KA,
      otherEpochs: row.KB,
      alpha: row.alpha,
      power: row.power,
    })
    expect(n).toBe(row.n_ceil)
  })

  test('is the least n with the power', () => {
    fc.assert(
      fc.property(delta, variance, (difference, differenceVariance) => {
        const n = sampleSize({ delta: difference, differenceVariance })
        expect(power({ delta: difference, n, differenceVariance })).toBeGreaterThanOrEqual(0.8 - 1e-9)
        if (n > 1) expect(power({ delta: difference, n: n - 1, differenceVariance })).toBeLessThan(0.8)
      }),
    )
    const n = sampleSize({ delta: -0.05, discordant: 0.1 })
    expect(power({ delta: 0.05, n, discordant: 0.1 })).toBeGreaterThanOrEqual(0.8)
    expect(power({ delta: 0.05, n: n - 1, discordant: 0.1 })).toBeLessThan(0.8)
  })

  test('refuses a difference of 0 and impossible designs', () => {
    expect(() => sampleSize({ delta: 0, differenceVariance: 1 })).toThrow(invalid)
    expect(() => sampleSize({ delta: 0.2, discordant: 0.1 })).toThrow(invalid)
    expect(() => sampleSize({ delta: 0.2, differenceVariance: -1 })).toThrow(invalid)
    expect(() => sampleSize({ delta: 0.2, differenceVariance: 1, power: 80 })).toThrow(invalid)
  })
})

describe('minimumDetectableDifference', () => {
  test.each(golden.mde)('of $n samples, $K epochs with variance $sigma2_each, is $mde', (row) => {
    const found = minimumDetectableDifference({
      n: row.n,
      differenceVariance: row.omega2,
      baseEpochVariance: row.sigma2_each,
      otherEpochVariance: row.sigma2_each,
      baseEpochs: row.K,
      otherEpochs: row.K,
    })
    expect(Math.abs(found! - row.mde)).toBeLessThanOrEqual(golden.tolerance)
  })

  test('is the difference with power 0.8, also where the variance is an estimate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 5000 }), variance, fc.boolean(), (n, differenceVariance, isEstimate) => {
        const design = { n, differenceVariance, ...(isEstimate && { degreesOfFreedom: n - 1 }) }
        expect(power({ ...design, delta: minimumDetectableDifference(design)! })).toBeCloseTo(0.8, 8)
      }),
    )
  })

  test('of pass/fail results is the difference at which McNemar’s test reaches the power', () => {
    const found = minimumDetectableDifference({ n: 400, discordant: 0.15 })!
    expect(mcnemarPower({ n: 400, delta: found, discordant: 0.15 })).toBeCloseTo(0.8, 4)
    // So few pairs see more than ψ only: all that differ fall one way, and they must be more.
    const few = minimumDetectableDifference({ n: 20, discordant: 0.1 })!
    expect(mcnemarPower({ n: 20, delta: few, discordant: few })).toBeCloseTo(0.8, 4)
    expect(few).toBeGreaterThan(0.1)
  })

  test('is none for five pairs, which McNemar’s test cannot tell apart, and none without samples', () => {
    expect(minimumDetectableDifference({ n: 5, discordant: 0.5 })).toBeNull()
    expect(minimumDetectableDifference({ n: 0, differenceVariance: 1 })).toBeNull()
    expect(() => minimumDetectableDifference({ n: NaN, differenceVariance: 1 })).toThrow(invalid)
  })
})

describe('power', () => {
  test('grows with n and the difference, is the same for either sign, and α/2 for none', () => {
    fc.assert(
      fc.property(delta, variance, fc.integer({ min: 1, max: 3000 }), (difference, differenceVariance, n) => {
        const own = power({ delta: difference, n, differenceVariance })
        expect(power({ delta: -difference, n, differenceVariance })).toBe(own)
        expect(power({ delta: difference, n: n + 100, differenceVariance })).toBeGreaterThanOrEqual(own)
        expect(power({ delta: difference + 0.01, n, differenceVariance })).toBeGreaterThanOrEqual(own)
        expect(power({ delta: 0, n, differenceVariance })).toBeCloseTo(0.025, 9)
      }),
    )
  })

  test('is certain without variance', () => {
    expect(power({ delta: 0.1, n: 10, differenceVariance: 0 })).toBe(1)
    expect(power({ delta: 0, n: 10, differenceVariance: 0 })).toBe(0)
  })
})
