import { bootstrapMean } from './bootstrap.ts'
import { checkScores } from './check-scores.ts'
import { clusteredMomentsOf } from './clustered-moments.ts'
import type { Estimate } from './estimate.ts'
import { meanEstimate } from './mean-estimate.ts'
import type { ProportionMethod } from './proportion-interval.ts'
import { momentsOf } from './running-moments.ts'
import { skewness } from './skewness.ts'

/** What the values of {@link estimateValues} are, and by which methods their mean is estimated. */
export interface EstimateOptions {
  /** `binary`: 0 or 1; `graded` (default): anything else. */
  readonly kind?: 'binary' | 'graded'
  /** Least and greatest possible value; a value outside is an error. Default: unbounded. */
  readonly range?: readonly [min: number, max: number]
  /** The cluster of each value, for example the text several questions are about. */
  readonly clusters?: readonly string[]
  /** Confidence level, default 0.95. */
  readonly level?: number
  /** The method for binary values, default `wilson`. */
  readonly proportion?: ProportionMethod
  /** The method for graded values: `t`, `bootstrap` (seeded BCa), or `auto` (default). */
  readonly graded?: 'auto' | 't' | 'bootstrap'
  /** Random numbers of the bootstrap, default 0. */
  readonly seed?: number
}

/** Above so many values a bootstrap costs seconds, and a mean is near enough to normal. */
const bootstrapUpTo = 2_000
/** Below so many the resamples hold too few different means: BCa is narrower than its level then, t is not. */
const bootstrapFrom = 10

/**
 * The mean of values with its error bar, as `meanEstimate`, and for graded values without clusters a bootstrap where
 * the t interval is not to be trusted: `auto` takes seeded BCa for 10 to 2,000 values so skewed that n < 25·g₁²
 * (Cochran, Sampling Techniques, 1977, section 2.15, on when a mean is near enough to normal), else t.
 *
 * @returns `null` without values
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for NaN, infinite values, values outside the range or not 0 or 1 if
 *   binary
 */
export function estimateValues(values: readonly number[], options: EstimateOptions = {}): Estimate | null {
  const { kind = 'graded', range, clusters, level = 0.95, proportion = 'wilson' } = options
  checkScores(values, { kind, range: range ?? [-Infinity, Infinity] })
  const declared = { kind, ...(range !== undefined && { range }) }
  if (clusters !== undefined) {
    const { n, mean, stderr, clusters: count } = clusteredMomentsOf(values, clusters)
    return meanEstimate({ ...declared, n, mean, stderr, clusters: count }, { level, proportion })
  }
  const { n, mean, stderr } = momentsOf(values)
  const estimate = meanEstimate({ ...declared, n, mean, stderr }, { level, proportion })
  if (estimate?.interval?.method !== 't' || !wantsBootstrap(values, options.graded)) return estimate
  const bootstrap = bootstrapMean(values, { level, seed: options.seed ?? 0 })
  return { ...estimate, interval: bootstrap?.interval ?? estimate.interval }
}

function wantsBootstrap(values: readonly number[], graded: EstimateOptions['graded'] = 'auto'): boolean {
  if (graded !== 'auto') return graded === 'bootstrap'
  const n = values.length
  return n >= bootstrapFrom && n <= bootstrapUpTo && n < 25 * skewness(values)! ** 2
}
