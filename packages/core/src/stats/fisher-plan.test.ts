import { describe, expect, test } from 'vitest'
import { fisherDifference, fisherSampleSize } from './fisher-plan.ts'
import { fisherTest } from './fisher-test.ts'
import { minimumDetectableDifference, sampleSize } from './power.ts'
import { logChoose } from './probabilities.ts'

/** The probability that Fisher's test has p ≤ 0.05, counted over all tables. */
function exactPower(n: number, first: number, second: number): number {
  const chance = (k: number, p: number): number =>
    Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
  const counts = Array.from({ length: n + 1 }, (_, k) => k)
  const found = counts.flatMap((a) =>
    counts.map((b) =>
      fisherTest({ successes: a, n }, { successes: b, n }) <= 0.05 ? chance(a, first) * chance(b, second) : 0,
    ),
  )
  return found.reduce((sum, probability) => sum + probability, 0)
}

describe('a plan for Fisher’s test', () => {
  test.each([10, 20, 40, 80])('of %i samples a side finds its difference 8 times in 10', (n) => {
    const approximate = minimumDetectableDifference({ n, differenceVariance: 0.5 * (n / (n + 2)) })!
    const difference = fisherDifference(approximate, [n, n])
    expect(exactPower(n, 0.5 - difference / 2, 0.5 + difference / 2)).toBeCloseTo(0.8, 1)
    expect(exactPower(n, 0.5 - approximate / 2, 0.5 + approximate / 2)).toBeLessThan(0.76)
  })

  test('needs as many samples as its difference is told for', () => {
    const differenceVariance = 0.5
    for (const n of [10, 50, 400]) {
      const difference = fisherDifference(minimumDetectableDifference({ n, differenceVariance })!, [n, n])
      const approximate = sampleSize({ delta: difference, differenceVariance })
      expect(Math.abs(fisherSampleSize(approximate, difference) - n)).toBeLessThanOrEqual(1)
    }
  })
})
