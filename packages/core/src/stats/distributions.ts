/** Quantiles of the normal and Student's t distribution over the WebAssembly build of Cephes. */
import { cephes } from './cephes.ts'
import { checkShare, invalidStatistic } from './invalid-statistic.ts'

/** From here on the beta function of Cephes is less exact (1e-10) than the normal limit with two terms (1e-12). */
const manyDegreesOfFreedom = 100_000

/**
 * The quantile of the standard normal distribution: z with P(Z ≤ z) = p.
 *
 * @param p probability, strictly between 0 and 1
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for any other `p`
 */
export function normalQuantile(p: number): number {
  checkShare('p', p)
  return cephes().ndtri(p)
}

/**
 * The quantile of Student's t distribution: t with P(T ≤ t) = p. Relative error below 1e-12 up to 1,000 degrees of
 * freedom and below 1e-10 beyond. Solves 1 − I_{ν/(ν+t²)}(ν/2, 1/2) = P(|T| < t) (Abramowitz & Stegun 26.7.1, 26.5.27)
 * for t; from 100,000 degrees of freedom on, two terms of the expansion around the normal quantile (26.7.5).
 *
 * @param p probability, strictly between 0 and 1
 * @param degreesOfFreedom positive, need not be whole
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for other arguments, or where the quantile leaves the range of numbers
 */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  checkShare('p', p)
  if (!(degreesOfFreedom > 0 && degreesOfFreedom < Infinity)) {
    throw invalidStatistic(`degreesOfFreedom must be a positive number, not ${degreesOfFreedom}`, { degreesOfFreedom })
  }
  if (p === 0.5) return 0
  const z = cephes().ndtri(p)
  if (degreesOfFreedom >= manyDegreesOfFreedom) return nearNormal(z, degreesOfFreedom)
  return Math.sign(z) * positiveQuantile(Math.min(p, 1 - p), Math.abs(z), degreesOfFreedom)
}

/**
 * Newton's method on the logarithm of P(|T| > t), or of P(|T| < t) near the centre where the former cancels, as a
 * function of ln t. Both are concave, so it converges from any start and needs no inverse beta function: that of
 * Cephes is exact to 1e-9 only and fails for small probabilities.
 */
function positiveQuantile(tail: number, start: number, degreesOfFreedom: number): number {
  const half = degreesOfFreedom / 2
  const logScale = cephes().lgam(half + 0.5) - cephes().lgam(half) - Math.log(degreesOfFreedom * Math.PI) / 2
  const central = tail > 0.25
  const target = central ? 1 - 2 * tail : 2 * tail
  let t = start
  for (let iteration = 0; iteration < 50; iteration++) {
    const total = degreesOfFreedom + t * t
    const probability = central
      ? cephes().incbet(0.5, half, (t * t) / total)
      : cephes().incbet(half, 0.5, degreesOfFreedom / total)
    const density = Math.exp(logScale - (half + 0.5) * Math.log1p((t * t) / degreesOfFreedom))
    const slope = ((central ? 2 : -2) * t * density) / probability
    const step = Math.log(probability / target) / slope
    t *= Math.exp(-step)
    if (Math.abs(step) < 1e-8) return t
  }
  throw invalidStatistic(
    `no t quantile can be computed for a tail of ${tail} at ${degreesOfFreedom} degrees of freedom: use a larger tail`,
    { tail, degreesOfFreedom },
  )
}

function nearNormal(z: number, degreesOfFreedom: number): number {
  const first = (z ** 3 + z) / 4
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  return z + first / degreesOfFreedom + second / degreesOfFreedom ** 2
}
