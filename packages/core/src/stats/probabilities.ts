/**
 * Distribution functions over the WebAssembly build of Cephes, see `distributions.ts`: probabilities of given values,
 * where that file has values of given probabilities.
 */
import { cephes } from './cephes.ts'
import { invalidStatistic } from './invalid-statistic.ts'

/** P(Z ≤ z) of the standard normal distribution. */
export function normalProbability(z: number): number {
  return cephes().ndtr(z)
}

/**
 * P(|T| ≥ |t|) of Student's t distribution, the two-sided p-value: I_{ν/(ν+t²)}(ν/2, 1/2) (Abramowitz & Stegun 26.7.1).
 *
 * @param degreesOfFreedom ν, positive, need not be whole
 */
export function studentTTwoSided(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0) || Number.isNaN(t)) {
    throw invalidStatistic(`a t test needs a number and ν > 0, not t ${t} and ν ${degreesOfFreedom}`, {
      t,
      degreesOfFreedom,
    })
  }
  return t === 0 ? 1 : cephes().incbet(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t))
}

/**
 * P(X ≤ k) for X successes in n trials of probability p: I_{1−p}(n − k, k + 1) (Abramowitz & Stegun 26.5.24).
 *
 * @param k whole; below 0 the probability is 0, from n on it is 1
 */
export function binomialProbability(k: number, n: number, p: number): number {
  if (!(Number.isSafeInteger(n) && n >= 0 && Number.isInteger(k) && p >= 0 && p <= 1)) {
    throw invalidStatistic(`a binomial needs whole k and n ≥ 0 and p from 0 to 1, not ${k}, ${n}, ${p}`, { k, n, p })
  }
  if (k < 0) return 0
  if (k >= n || p === 0) return 1
  return p === 1 ? 0 : cephes().incbet(n - k, k + 1, 1 - p)
}

/** ln C(n, k), the logarithm of a binomial coefficient; −∞ outside 0 ≤ k ≤ n. */
export function logChoose(n: number, k: number): number {
  if (k < 0 || k > n) return -Infinity
  return cephes().lgam(n + 1) - cephes().lgam(k + 1) - cephes().lgam(n - k + 1)
}
