import { checkPaired, invalidStatistic } from './invalid-statistic.ts'

/**
 * The Brier score of probabilities (Monthly Weather Review 78, 1950), in its form for two classes: Σ (pᵢ − oᵢ)² / n
 * with outcomes oᵢ of 0 or 1. 0 is best, 1 worst; 0.25 is what always saying ½ gets.
 *
 * @returns `null` without values
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for lists of different lengths or probabilities outside [0, 1]
 */
export function brierScore(probabilities: readonly number[], outcomes: readonly boolean[]): number | null {
  checkProbabilities(probabilities, outcomes)
  if (probabilities.length === 0) return null
  const squares = probabilities.map((p, index) => (p - Number(outcomes[index]!)) ** 2)
  return squares.reduce((sum, value) => sum + value, 0) / squares.length
}

/**
 * The expected calibration error (Naeini, Cooper & Hauskrecht, AAAI 2015): with the probabilities in `bins` bins of
 * equal width, Σ_b n_b/n · |share of outcomes in b − mean probability in b|. The last bin holds 1 too; empty bins count
 * nothing. The result depends on the number of bins, so name it.
 *
 * @param options.bins default 10
 * @returns 0 (calibrated) to 1, `null` without values
 * @throws EvalsError `EVALS_STATISTIC_INVALID` as `brierScore`, and for bins that are no positive count
 */
export function expectedCalibrationError(
  probabilities: readonly number[],
  outcomes: readonly boolean[],
  { bins = 10 }: { readonly bins?: number } = {},
): number | null {
  checkProbabilities(probabilities, outcomes)
  if (!(Number.isSafeInteger(bins) && bins >= 1)) {
    throw invalidStatistic(`bins must be a positive count, not ${bins}`, { bins })
  }
  if (probabilities.length === 0) return null
  /** Per bin the sum of outcome − probability: n_b times what stands between the bars. */
  const gaps = new Map<number, number>()
  for (const [index, p] of probabilities.entries()) {
    const bin = Math.min(bins - 1, Math.floor(p * bins))
    gaps.set(bin, (gaps.get(bin) ?? 0) + Number(outcomes[index]!) - p)
  }
  return [...gaps.values()].reduce((sum, gap) => sum + Math.abs(gap), 0) / probabilities.length
}

function checkProbabilities(probabilities: readonly number[], outcomes: readonly boolean[]): void {
  checkPaired(probabilities, outcomes, 'probabilities and outcomes')
  const wrong = probabilities.find((p) => !(p >= 0 && p <= 1))
  if (wrong !== undefined) throw invalidStatistic(`a probability must lie from 0 to 1, not ${wrong}`, { wrong })
}
