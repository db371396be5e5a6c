import { studentTQuantile } from './distributions.ts'
import type { Estimate } from './estimate.ts'
import { checkFinite, checkPaired } from './invalid-statistic.ts'
import { momentsOf } from './running-moments.ts'
import { tailProbability } from './tail-probability.ts'

/** Scores of a judge on many samples, and on a few other ones that people have labelled too. */
export interface PredictionPowered {
  /** What the judge said of the samples in question, N of them. */
  readonly judged: readonly number[]
  /** What it said of the n labelled ones. */
  readonly judgedLabelled: readonly number[]
  /** What is true of those, in the same order. */
  readonly labels: readonly number[]
}

/**
 * The mean of the true values by prediction-powered inference (Angelopoulos et al., Science 382, 2023): the judge's
 * mean, set right by the mean error it has on the labelled samples,
 *
 *   mean(judged) + mean(labels − judgedLabelled),  variance  var(judged)/N + var(labels − judgedLabelled)/n
 *
 * with N − 1 and n − 1 in the variances. The labelled samples must be a random part of the same population, and not be
 * among `judged`. Where the paper has the normal distribution, the interval has Student's t with Welch's degrees of
 * freedom, since labels are few.
 *
 * @param options.level confidence level, default 0.95
 * @returns `interval: null` with a `note` where the errors on the labelled samples have no spread, as then nobody knows
 *   theirs elsewhere; `null` below two of either kind
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for lists of different lengths and what is no finite number
 */
export function predictionPoweredMean(
  { judged, judgedLabelled, labels }: PredictionPowered,
  { level = 0.95 }: { readonly level?: number } = {},
): Estimate | null {
  checkPaired(judgedLabelled, labels, 'labels and what the judge said of them')
  checkFinite(judged, 'a score')
  const errors = labels.map((label, index) => label - judgedLabelled[index]!)
  checkFinite(errors, 'a difference of label and score')
  const [whole, part] = [meanOf(judged), meanOf(errors)]
  if (whole === null || part === null) return null
  const value = whole.mean + part.mean
  const variance = whole.variance + part.variance
  const estimate = { value, n: judged.length, stderr: Math.sqrt(variance) }
  if (part.variance === 0) {
    const note = `the judge erred alike on all ${errors.length} labelled samples: how it errs elsewhere is not known`
    return { ...estimate, interval: null, note }
  }
  // Welch's (Σ vᵢ)² / Σ vᵢ²/(nᵢ − 1), by shares of the variance: their squares do not underflow.
  const share = whole.variance / variance
  const degrees = 1 / (share ** 2 / (judged.length - 1) + (1 - share) ** 2 / (errors.length - 1))
  const margin = -studentTQuantile(tailProbability(level), degrees) * estimate.stderr
  const method = 'prediction-powered'
  return { ...estimate, interval: { lower: value - margin, upper: value + margin, method, level } }
}

/** The mean, and the variance of that mean. */
function meanOf(values: readonly number[]): { mean: number; variance: number } | null {
  const { mean, stderr } = momentsOf(values)
  return mean === null || stderr === null ? null : { mean, variance: stderr ** 2 }
}
