import { normalQuantile } from './distributions.ts'
import { checkShare, invalidStatistic } from './invalid-statistic.ts'
import { binomialProbability, logChoose, normalProbability } from './probabilities.ts'

/** Pairs of pass/fail results that are planned. */
export interface McnemarPlan {
  /** Pairs. */
  readonly n: number
  /** True difference of the two pass rates, of either sign. */
  readonly delta: number
  /** Share of pairs whose results differ, at least |delta|. */
  readonly discordant: number
  /** Default 0.05, two-sided. */
  readonly alpha?: number
}

/** From so many expected discordant pairs on, the normal approximation is within half a point of the exact power. */
const normalFrom = 2_000

/**
 * The probability that McNemar's exact test has p ≤ α, either way. With ψ = `discordant`, the number M of discordant
 * pairs is Binomial(n, ψ), and of M pairs X ~ Binomial(M, (ψ + |δ|)/2ψ) fall one way, so
 *
 *   power = Σ_m P(M = m) · P(X ≤ k_m or X ≥ m − k_m | m),  k_m = max k with 2·P(Binomial(m, ½) ≤ k) ≤ α
 *
 * From 2,000 expected discordant pairs on Φ( (|δ|√n − z_{1−α/2}·√ψ) / √(ψ − δ²) ) (Connor, Biometrics 43, 1987).
 *
 * @throws EvalsError `EVALS_STATISTIC_INVALID` unless |delta| ≤ discordant ≤ 1 and n is a count
 */
export function mcnemarPower(plan: McnemarPlan): number {
  const { n, discordant, alpha = 0.05 } = plan
  const delta = Math.abs(plan.delta)
  checkShare('alpha', alpha)
  if (!(Number.isSafeInteger(n) && n >= 0 && delta <= discordant && discordant <= 1)) {
    throw invalidStatistic(
      `a difference of ${plan.delta} needs at least that share of discordant pairs, at most 1, and a count of pairs; ` +
        `discordant is ${discordant}, n ${n}`,
      { ...plan },
    )
  }
  if (discordant === 0) return 0
  if (n * discordant >= normalFrom) {
    const distance = delta * Math.sqrt(n) - normalQuantile(1 - alpha / 2) * Math.sqrt(discordant)
    const spread = Math.sqrt(discordant - delta * delta)
    return spread === 0 ? 1 : normalProbability(distance / spread)
  }
  return exactPower({ n, delta, discordant, alpha })
}

function exactPower({ n, delta, discordant, alpha }: Required<McnemarPlan>): number {
  // Eight standard deviations to either side leave out less than 1e-14.
  const reach = 8 * Math.sqrt(n * discordant * (1 - discordant)) + 8
  const last = Math.min(n, Math.ceil(n * discordant + reach))
  const oneWay = (discordant + delta) / (2 * discordant)
  let [power, critical] = [0, -1]
  for (let m = Math.max(0, Math.floor(n * discordant - reach)); m <= last; m++) {
    // Grows with m, by at most one; only the first m takes more than a step.
    while (2 * binomialProbability(critical + 1, m, 0.5) <= alpha) critical += 1
    const rejects = binomialProbability(critical, m, oneWay) + binomialProbability(critical, m, 1 - oneWay)
    power += binomialDensity(m, n, discordant) * rejects
  }
  return power
}

function binomialDensity(k: number, n: number, p: number): number {
  if (p === 1) return k === n ? 1 : 0
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
}
