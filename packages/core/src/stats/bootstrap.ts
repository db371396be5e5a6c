import { normalQuantile } from './distributions.ts'
import type { Interval } from './estimate.ts'
import { checkFinite, checkPaired, invalidStatistic } from './invalid-statistic.ts'
import { percentile } from './percentile.ts'
import { normalProbability } from './probabilities.ts'
import { seededRandom } from './seeded-random.ts'
import { tailProbability } from './tail-probability.ts'

/** How the values of {@link bootstrapMean} are drawn anew. */
export interface BootstrapOptions {
  /** `bca` (default) is corrected for bias and skewness; `percentile` is not. */
  readonly method?: 'bca' | 'percentile'
  /** Confidence level, default 0.95. */
  readonly level?: number
  /** Which random numbers; equal seeds give equal results. Default 0. */
  readonly seed?: number
  /** How many times the values are drawn anew, default 9,999. */
  readonly resamples?: number
  /** The cluster of each value; clusters are then drawn, not values. */
  readonly clusters?: readonly string[]
}

/** `stderr`: standard deviation of the means of the resamples. `interval`: `null` where all values are equal. */
export interface Bootstrap {
  readonly stderr: number
  readonly interval: Interval | null
}

/** Values drawn together: their number and sum. */
interface Unit {
  readonly n: number
  readonly sum: number
}

/**
 * The seeded bootstrap of a mean (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapters 13 and 14). Of
 * the sorted means of the resamples the interval takes, for `percentile`, the quantiles α/2 and 1 − α/2, and for `bca`
 * those at
 *
 *   Φ( z₀ + (z₀ + z_q) / (1 − a(z₀ + z_q)) ),  q = α/2 and 1 − α/2
 *
 * with z₀ = Φ⁻¹(share of resampled means below the mean, ties half) and the acceleration
 * a = Σ(m̄ − m₍ᵢ₎)³ / (6 (Σ(m̄ − m₍ᵢ₎)²)^{3/2}) of the means m₍ᵢ₎ without unit i (equation 14.15).
 *
 * @returns `null` for fewer than two values, or two clusters
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for values that are no finite numbers, and options out of range
 */
export function bootstrapMean(values: readonly number[], options: BootstrapOptions = {}): Bootstrap | null {
  const { method = 'bca', level = 0.95, seed = 0, resamples = 9_999, clusters } = options
  const tail = tailProbability(level)
  checkFinite(values, 'a value to draw')
  if (!(Number.isSafeInteger(resamples) && resamples >= 100)) {
    throw invalidStatistic(`resamples must be a whole number of at least 100, not ${resamples}`, { resamples })
  }
  const units = toUnits(values, clusters)
  if (units.length < 2) return null
  const means = resampledMeans(units, resamples, seed)
  const stderr = standardDeviation(means)
  if (stderr <= 1e-12 * Math.abs(meanOf(units))) return { stderr: 0, interval: null }
  const shift = method === 'bca' ? bcaShift(units, means) : (share: number): number => share
  const at = (share: number): number => percentile(means, 100 * shift(share))
  return { stderr, interval: { lower: at(tail), upper: at(1 - tail), method: `bootstrap-${method}`, level } }
}

function toUnits(values: readonly number[], clusters: readonly string[] | undefined): Unit[] {
  if (clusters === undefined) return values.map((sum) => ({ n: 1, sum }))
  checkPaired(values, clusters, 'values and clusters')
  const units = new Map<string, { n: number; sum: number }>()
  for (const [index, value] of values.entries()) {
    const name = clusters[index]!
    const unit = units.get(name) ?? { n: 0, sum: 0 }
    units.set(name, { n: unit.n + 1, sum: unit.sum + value })
  }
  return [...units.values()]
}

/** The sorted means of resamples. */
function resampledMeans(units: readonly Unit[], resamples: number, seed: number): Float64Array {
  const random = seededRandom(seed)
  const means = new Float64Array(resamples)
  for (let resample = 0; resample < resamples; resample++) {
    let [n, sum] = [0, 0]
    for (let draw = 0; draw < units.length; draw++) {
      const unit = units[random.index(units.length)]!
      n += unit.n
      sum += unit.sum
    }
    means[resample] = sum / n
  }
  return means.sort()
}

/** Which quantile of the resampled means BCa takes for a share. */
function bcaShift(units: readonly Unit[], means: Float64Array): (share: number) => number {
  const mean = meanOf(units)
  const close = 1e-12 * Math.abs(mean)
  let below = 0
  for (const value of means) below += value < mean - close ? 1 : value <= mean + close ? 0.5 : 0
  const bias = normalQuantile(Math.min(Math.max(below, 0.5), means.length - 0.5) / means.length)
  const acceleration = accelerationOf(units)
  return (share) => {
    const z = bias + normalQuantile(share)
    return normalProbability(bias + z / (1 - acceleration * z))
  }
}

function accelerationOf(units: readonly Unit[]): number {
  const n = units.reduce((total, unit) => total + unit.n, 0)
  const sum = units.reduce((total, unit) => total + unit.sum, 0)
  const without = units.map((unit) => (sum - unit.sum) / (n - unit.n))
  const middle = without.reduce((total, value) => total + value, 0) / without.length
  const power = (exponent: number): number => without.reduce((total, value) => total + (middle - value) ** exponent, 0)
  const spread = power(2)
  return spread === 0 ? 0 : power(3) / (6 * spread ** 1.5)
}

function meanOf(units: readonly Unit[]): number {
  const [n, sum] = units.reduce(([count, total], unit) => [count + unit.n, total + unit.sum], [0, 0])
  return sum / n
}

function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((total, value) => total + value, 0) / values.length
  return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1))
}
