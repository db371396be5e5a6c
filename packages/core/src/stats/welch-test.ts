import { studentTQuantile } from './distributions.ts'
import type { Interval } from './estimate.ts'
import { invalidStatistic } from './invalid-statistic.ts'
import { studentTTwoSided } from './probabilities.ts'
import { tailProbability } from './tail-probability.ts'

/** A mean whose standard error has so many degrees of freedom: n − 1, or C − 1 for C clusters. */
export interface IndependentMean {
  readonly mean: number
  readonly stderr: number
  readonly degreesOfFreedom: number
}

/** The difference first − second of two independent means; `interval` is `null` where both standard errors are 0. */
export interface WelchTest {
  readonly difference: number
  readonly stderr: number
  readonly degreesOfFreedom: number
  readonly interval: Interval | null
  readonly pValue: number
}

/**
 * Welch's test and interval (Biometrika 34, 1947) of two independent means with standard errors s₁ and s₂:
 * t = (m₁ − m₂) / √(s₁² + s₂²) with ν = (s₁² + s₂²)² / (s₁⁴/ν₁ + s₂⁴/ν₂) degrees of freedom (Satterthwaite).
 *
 * @param options.level confidence level, default 0.95
 * @returns p 1 and no interval where neither mean has an error: nothing can be said then
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for numbers no samples can have
 */
export function welchTest(
  first: IndependentMean,
  second: IndependentMean,
  { level = 0.95 }: { readonly level?: number } = {},
): WelchTest {
  const tail = tailProbability(level)
  for (const { mean, stderr, degreesOfFreedom } of [first, second]) {
    if (Number.isFinite(mean) && stderr >= 0 && stderr < Infinity && degreesOfFreedom > 0) continue
    throw invalidStatistic(
      `Welch's test needs a mean, a stderr ≥ 0 and ν > 0, not ${mean}, ${stderr} and ${degreesOfFreedom}`,
      { mean, stderr, degreesOfFreedom },
    )
  }
  const difference = first.mean - second.mean
  const variances = [first.stderr ** 2, second.stderr ** 2] as const
  const variance = variances[0] + variances[1]
  const stderr = Math.sqrt(variance)
  if (stderr <= 1e-12 * Math.max(Math.abs(first.mean), Math.abs(second.mean))) {
    const degrees = first.degreesOfFreedom + second.degreesOfFreedom
    return { difference, stderr: 0, degreesOfFreedom: degrees, interval: null, pValue: 1 }
  }
  const degreesOfFreedom =
    variance ** 2 / (variances[0] ** 2 / first.degreesOfFreedom + variances[1] ** 2 / second.degreesOfFreedom)
  const margin = studentTQuantile(1 - tail, degreesOfFreedom) * stderr
  return {
    difference,
    stderr,
    degreesOfFreedom,
    interval: { lower: difference - margin, upper: difference + margin, method: 'welch', level },
    pValue: studentTTwoSided(difference / stderr, degreesOfFreedom),
  }
}
