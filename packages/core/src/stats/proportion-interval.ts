import { betaQuantile } from './beta-quantile.ts'
import { normalQuantile } from './distributions.ts'
import type { Interval } from './estimate.ts'
import { invalidStatistic } from './invalid-statistic.ts'
import { tailProbability } from './tail-probability.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** How an interval of a proportion is computed; `wilson` unless asked otherwise. */
export type ProportionMethod = 'wilson' | 'clopper-pearson' | 'agresti-coull' | 'jeffreys'

/**
 * An interval of a proportion by one of four methods, within [0, 1] and never of zero width. Wilson's has on average
 * the level asked for; Clopper and Pearson's at least that level for every proportion, and is wider (Brown, Cai &
 * DasGupta, Statistical Science 16, 2001).
 *
 * @param successes 0 to `n`; need not be whole
 * @param n number of trials, at least 1
 * @param options.level confidence level, default 0.95
 * @param options.method default `wilson`
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for `n` 0 and other arguments out of range
 */
export function proportionInterval(
  successes: number,
  n: number,
  options: { readonly level?: number; readonly method?: ProportionMethod } = {},
): Interval {
  const { level = 0.95, method = 'wilson' } = options
  const wilson = wilsonInterval(successes, n, { level })
  const tail = tailProbability(level)
  switch (method) {
    case 'wilson':
      return wilson
    case 'clopper-pearson':
      return { ...clopperPearson(successes, n, tail), method, level }
    case 'agresti-coull':
      return { ...agrestiCoull(successes, n, tail), method, level }
    case 'jeffreys':
      return { ...jeffreys(successes, n, tail), method, level }
    default:
      throw invalidStatistic(
        `an interval of a proportion is wilson, clopper-pearson, agresti-coull or jeffreys, not ${String(method)}`,
        { method },
      )
  }
}

type Bounds = Pick<Interval, 'lower' | 'upper'>

/** Both one-sided binomial tests at α/2 inverted (Biometrika 26, 1934): Beta(k, n − k + 1) and Beta(k + 1, n − k). */
function clopperPearson(k: number, n: number, tail: number): Bounds {
  return {
    lower: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    upper: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
  }
}

/** The Wald interval around p̃ = (k + z²/2) / ñ with ñ = n + z² (The American Statistician 52, 1998), cut to [0, 1]. */
function agrestiCoull(k: number, n: number, tail: number): Bounds {
  const z = normalQuantile(1 - tail)
  const trials = n + z * z
  const centre = (k + (z * z) / 2) / trials
  const margin = z * Math.sqrt((centre * (1 - centre)) / trials)
  return { lower: Math.max(0, centre - margin), upper: Math.min(1, centre + margin) }
}

/**
 * Quantiles of Beta(k + 1/2, n − k + 1/2), the posterior under Jeffreys' prior, at both ends also for k = 0 and k = n,
 * as statsmodels has it; so a proportion of exactly 0 or 1 lies just outside.
 */
function jeffreys(k: number, n: number, tail: number): Bounds {
  return {
    lower: betaQuantile(tail, k + 0.5, n - k + 0.5),
    upper: betaQuantile(1 - tail, k + 0.5, n - k + 0.5),
  }
}
