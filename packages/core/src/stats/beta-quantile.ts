import { cephes } from './cephes.ts'
import { checkShare, invalidStatistic } from './invalid-statistic.ts'

/** exp(±700) is still a number. */
const widestLogit = 700

/**
 * The quantile of the beta distribution: x with I_x(a, b) = p. Halves an interval of logits ln(x / (1 − x)) until no
 * number lies between its ends: the inverse of Cephes itself (`incbi`) is exact to 1e-9 only.
 *
 * @param p probability, strictly between 0 and 1
 * @param a positive
 * @param b positive
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for other arguments
 */
export function betaQuantile(p: number, a: number, b: number): number {
  checkShare('p', p)
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity)) {
    throw invalidStatistic(`a beta distribution needs positive numbers, not ${a} and ${b}`, { a, b })
  }
  let [below, above] = [-widestLogit, widestLogit]
  for (;;) {
    const middle = (below + above) / 2
    const x = 1 / (1 + Math.exp(-middle))
    if (middle <= below || middle >= above) return x
    if (cephes().incbet(a, b, x) < p) below = middle
    else above = middle
  }
}
