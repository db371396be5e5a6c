import { checkShare, invalidStatistic } from './invalid-statistic.ts'

/** The two pass rates that {@link sequentialTest} tells apart, and how often it may err. */
export interface SequentialTestOptions {
  /** Pass rate under the null hypothesis, strictly between 0 and 1. */
  readonly p0: number
  /** Pass rate under the alternative, another. */
  readonly p1: number
  /** Chance to accept `p1` although `p0` holds, default 0.05. */
  readonly alpha?: number
  /** Chance to accept `p0` although `p1` holds, default 0.2. */
  readonly beta?: number
}

/** Where a sequential test stands. */
export interface SequentialTest {
  readonly decision: 'accept-p0' | 'accept-p1' | 'continue'
  /** How many outcomes were looked at: those up to the decision, or all. */
  readonly at: number
  readonly logLikelihoodRatio: number
  /** At or above it `p1` is accepted: ln((1 − β)/α). */
  readonly upper: number
  /** At or below it `p0` is accepted: ln(β/(1 − α)). */
  readonly lower: number
}

/**
 * Wald's sequential probability ratio test of a pass rate (Annals of Mathematical Statistics 16, 1945): each pass adds
 * ln(p₁/p₀) to the log likelihood ratio, each failure ln((1 − p₁)/(1 − p₀)), until it leaves (ln(β/(1−α)),
 * ln((1−β)/α)). Unlike repeated ordinary tests it may be looked at after every outcome. Runs do not stop by themselves;
 * this says when one could.
 *
 * @param outcomes passes (true) and failures, in the order they came; reading ends at the decision
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for probabilities out of range or equal rates
 */
export function sequentialTest(outcomes: Iterable<boolean>, options: SequentialTestOptions): SequentialTest {
  const { p0, p1, alpha = 0.05, beta = 0.2 } = options
  for (const [name, value] of Object.entries({ p0, p1, alpha, beta })) checkShare(name, value)
  if (p0 === p1 || alpha + beta >= 1) {
    throw invalidStatistic(`p0 and p1 must differ and alpha + beta stay below 1, not ${p0}, ${p1}, ${alpha}, ${beta}`, {
      ...options,
    })
  }
  const upper = Math.log((1 - beta) / alpha)
  const lower = Math.log(beta / (1 - alpha))
  let [logLikelihoodRatio, at] = [0, 0]
  for (const passed of outcomes) {
    at += 1
    logLikelihoodRatio += passed ? Math.log(p1 / p0) : Math.log((1 - p1) / (1 - p0))
    if (logLikelihoodRatio >= upper) return { decision: 'accept-p1', at, logLikelihoodRatio, upper, lower }
    if (logLikelihoodRatio <= lower) return { decision: 'accept-p0', at, logLikelihoodRatio, upper, lower }
  }
  return { decision: 'continue', at, logLikelihoodRatio, upper, lower }
}
