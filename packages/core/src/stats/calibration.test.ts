import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brierScore, expectedCalibrationError } from './calibration.ts'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'

const golden = readGolden<{ probabilistic: { gold: number[]; prob: number[]; brier: number } }>(
  'stats-agreement-classification',
)
const { gold, prob, brier } = golden.probabilistic
const forecasts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { minLength: 1 })

describe('brierScore', () => {
  test('is what scikit-learn says', () => {
    expect(Math.abs(brierScore(prob, gold.map(Boolean))! - brier)).toBeLessThanOrEqual(golden.tolerance)
  })

  test('lies from 0 to 1, mirrors with both, and is 0.25 for always saying ½', () => {
    fc.assert(
      fc.property(forecasts, (pairs) => {
        const [probabilities, outcomes] = [pairs.map(([p]) => p), pairs.map(([, outcome]) => outcome)]
        const score = brierScore(probabilities, outcomes)!
        const mirrored = brierScore(
          probabilities.map((p) => 1 - p),
          outcomes.map((outcome) => !outcome),
        )
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        expect(mirrored).toBeCloseTo(score, 12)
        expect(
          brierScore(
            probabilities.map(() => 0.5),
            outcomes,
          ),
        ).toBe(0.25)
        expect(brierScore(outcomes.map(Number), outcomes)).toBe(0)
      }),
    )
  })
})

describe('expectedCalibrationError', () => {
  test('weighs the gaps of the bins', () => {
    // Bin 0.7–0.8: two of 0.75, one came true: gap 0.25. Bin 0.9–1: one of 0.9 and one of 1, both true: gap 0.05.
    expect(expectedCalibrationError([0.75, 0.75, 0.9, 1], [true, false, true, true])).toBeCloseTo(0.15, 12)
  })

  test('with one bin is the distance of the means, and never more with fewer bins that hold the same', () => {
    fc.assert(
      fc.property(forecasts, (pairs) => {
        const [probabilities, outcomes] = [pairs.map(([p]) => p), pairs.map(([, outcome]) => outcome)]
        const gap = pairs.reduce((sum, [p, outcome]) => sum + Number(outcome) - p, 0) / pairs.length
        const [one, five, ten] = [1, 5, 10].map((bins) => expectedCalibrationError(probabilities, outcomes, { bins })!)
        expect(one).toBeCloseTo(Math.abs(gap), 12)
        expect(five).toBeGreaterThanOrEqual(one! - 1e-12)
        expect(ten).toBeGreaterThanOrEqual(five! - 1e-12)
        expect(ten).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('of nothing is null; what is no probability or no count of bins is refused', () => {
    expect(expectedCalibrationError([], [])).toBeNull()
    expect(brierScore([], [])).toBeNull()
    expect(() => brierScore([1.1], [true])).toThrow(invalid)
    expect(() => brierScore([NaN], [true])).toThrow(invalid)
    expect(() => expectedCalibrationError([0.5], [])).toThrow(invalid)
    expect(() => expectedCalibrationError([0.5], [true], { bins: 0 })).toThrow(invalid)
  })
})
