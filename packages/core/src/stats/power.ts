import { normalQuantile, studentTQuantile } from './distributions.ts'
import { checkShare, invalidStatistic } from './invalid-statistic.ts'
import { mcnemarPower } from './mcnemar-power.ts'
import { normalProbability, studentTTwoSided } from './probabilities.ts'

/** What is expected of pass/fail results, one per sample and side. */
export interface BinaryDesign {
  /**
   * ψ, the share of samples on which the two sides differ, from an earlier comparison. Power is that of McNemar's exact
   * test.
   */
  readonly discordant: number
  /** Chance of a false alarm, two-sided, default 0.05. */
  readonly alpha?: number
}

/**
 * What is expected of graded scores. V = ω² + σ_A²/K_A + σ_B²/K_B is the variance of one sample's difference; where it
 * is known as a whole, it is `differenceVariance` alone.
 */
export interface GradedDesign {
  /** ω²: variance over samples of the difference of their expected scores. */
  readonly differenceVariance: number
  /** σ_A²: mean variance of the base's scores within a sample, from epoch to epoch. Default 0. */
  readonly baseEpochVariance?: number
  /** σ_B²: that of the other side. Default 0. */
  readonly otherEpochVariance?: number
  /** K_A: epochs per sample of the base, default 1. */
  readonly baseEpochs?: number
  /** K_B: those of the other side, default 1. */
  readonly otherEpochs?: number
  /**
   * Where V is an estimate: how many degrees of freedom it has, so that t takes the place of z. Default: V is known.
   */
  readonly degreesOfFreedom?: number
  /** Chance of a false alarm, two-sided, default 0.05. */
  readonly alpha?: number
}

/** A comparison of n samples, each answered by both sides. */
export type PairedDesign = BinaryDesign | GradedDesign

/**
 * The probability that a paired comparison of `n` samples finds a true difference `delta` (p ≤ α).
 *
 * Graded: Φ( |δ|·√(n/V) − z_{1−α/2} ) (Miller, arXiv 2411.00640, section 5, solved for the power). Binary:
 * `mcnemarPower`.
 *
 * @param plan.delta true difference, in the units of the scores, of either sign
 * @param plan.n samples, or clusters where samples come in clusters and V is the variance of a cluster's mean
 *   difference
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for numbers out of range
 */
export function power(plan: PairedDesign & { readonly delta: number; readonly n: number }): number {
  const { delta, n, alpha = 0.05 } = plan
  checkShare('alpha', alpha)
  if ('discordant' in plan) return mcnemarPower(plan)
  const variance = varianceOf(plan)
  checkCount(n)
  if (variance === 0) return delta === 0 ? 0 : 1
  return probabilityOf(Math.abs(delta) * Math.sqrt(n / variance) - quantileOf(1 - alpha / 2, plan), plan)
}

/**
 * The least true difference that a paired comparison of `n` samples finds with probability `power`.
 *
 * Graded: √( (z_{1−α/2} + z_power)² · V / n ) (Miller, arXiv 2411.00640, section 5). Binary: the δ at which
 * `mcnemarPower` reaches `power`; above ψ with all discordant pairs falling one way, ψ = δ.
 *
 * @param plan.power default 0.8
 * @returns in the units of the scores; `null` where n is too small for any difference
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for numbers out of range
 */
export function minimumDetectableDifference(
  plan: PairedDesign & { readonly n: number; readonly power?: number },
): number | null {
  const { n, alpha = 0.05, power: wanted = 0.8 } = plan
  checkCount(n)
  if (!('discordant' in plan)) {
    return n === 0 ? null : quantiles(plan, alpha, wanted) * Math.sqrt(varianceOf(plan) / n)
  }
  checkShare('power', wanted)
  const powerAt = (delta: number): number =>
    mcnemarPower({ n, delta, discordant: Math.max(plan.discordant, delta), alpha })
  if (powerAt(1) < wanted) return null
  let [below, above] = [0, 1]
  while (above - below > 1e-6) {
    const middle = (below + above) / 2
    if (powerAt(middle) < wanted) below = middle
    else above = middle
  }
  return above
}

/**
 * How many samples a paired comparison needs to find a true difference `delta` with probability `power`.
 *
 * Graded: (z_{1−α/2} + z_power)² · V / δ², rounded up (Miller, arXiv 2411.00640, section 5). Binary: the n at which
 * `mcnemarPower` reaches `power`.
 *
 * @param plan.delta not 0; for binary scores at most `discordant`
 * @param plan.power default 0.8
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for numbers out of range
 */
export function sampleSize(plan: PairedDesign & { readonly delta: number; readonly power?: number }): number {
  const { delta, alpha = 0.05, power: wanted = 0.8 } = plan
  if (!Number.isFinite(delta) || delta === 0) {
    throw invalidStatistic(`a difference to find must be a number other than 0, not ${delta}`, { delta })
  }
  if (!('discordant' in plan)) {
    return Math.max(1, Math.ceil((quantiles(plan, alpha, wanted) ** 2 * varianceOf(plan)) / delta ** 2))
  }
  checkShare('power', wanted)
  const powerOf = (n: number): number => mcnemarPower({ n, delta, discordant: plan.discordant, alpha })
  let [below, above] = [0, 8]
  while (powerOf(above) < wanted) {
    below = above
    above *= 2
  }
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (powerOf(middle) < wanted) below = middle
    else above = middle
  }
  return above
}

/** z_{1−α/2} + z_power */
function quantiles(design: GradedDesign, alpha: number, wanted: number): number {
  checkShare('alpha', alpha)
  checkShare('power', wanted)
  return quantileOf(1 - alpha / 2, design) + quantileOf(wanted, design)
}

/** z_p, or t_p where the variance is an estimate. */
function quantileOf(p: number, { degreesOfFreedom }: GradedDesign): number {
  return degreesOfFreedom === undefined ? normalQuantile(p) : studentTQuantile(p, degreesOfFreedom)
}

/** The inverse of `quantileOf`. */
function probabilityOf(quantile: number, { degreesOfFreedom }: GradedDesign): number {
  if (degreesOfFreedom === undefined) return normalProbability(quantile)
  const tail = studentTTwoSided(quantile, degreesOfFreedom) / 2
  return quantile < 0 ? tail : 1 - tail
}

/** V = ω² + σ_A²/K_A + σ_B²/K_B */
function varianceOf(design: GradedDesign): number {
  const { differenceVariance, baseEpochVariance = 0, otherEpochVariance = 0, baseEpochs = 1, otherEpochs = 1 } = design
  const variances = [differenceVariance, baseEpochVariance, otherEpochVariance]
  if (!variances.every((value) => value >= 0 && value < Infinity) || !(baseEpochs >= 1 && otherEpochs >= 1)) {
    throw invalidStatistic('a design needs finite variances of at least 0 and at least 1 epoch', { ...design })
  }
  return differenceVariance + baseEpochVariance / baseEpochs + otherEpochVariance / otherEpochs
}

function checkCount(n: number): void {
  if (!(Number.isSafeInteger(n) && n >= 0)) throw invalidStatistic(`n must be a count of samples, not ${n}`, { n })
}
