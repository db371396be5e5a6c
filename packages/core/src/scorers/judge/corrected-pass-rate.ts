import { clipInterval } from '../../stats/clip-interval.ts'
import type { Estimate } from '../../stats/estimate.ts'
import { predictionPoweredMean } from '../../stats/prediction-powered-mean.ts'
import { proportionInterval } from '../../stats/proportion-interval.ts'
import { roganGladen } from '../../stats/rogan-gladen.ts'
import type { Calibration } from './calibrate.ts'

/** A judge's pass rate, and what it means. `null`: it cannot be told. */
export interface CorrectedPassRate {
  /** The share that the judge passed, with Wilson's interval: right only if the judge never errs. */
  readonly observed: Estimate | null
  /** By the judge's sensitivity and specificity (`roganGladen`). `null`: it is no better than chance, or not known. */
  readonly roganGladen: Estimate | null
  /** By its mean error on the labelled samples (`predictionPoweredMean`), cut to [0, 1]. */
  readonly predictionPowered: Estimate | null
}

/**
 * The pass rate that people would find on samples that only the judge has seen, from its verdicts there and its errors
 * on labelled ones. Rogan and Gladen's needs labels that pass and labels that fail, in whatever proportion; the
 * prediction-powered one needs labelled samples that were drawn at random from the same source. Neither may be among
 * the judged ones.
 *
 * @param verdicts what the judge said of the samples in question, `null` where it gave no verdict
 * @param options.level confidence level, default 0.95
 * @throws EvalsError `EVALS_STATISTIC_INVALID` for a level that is none
 */
export function correctedPassRate(
  calibration: Pick<Calibration, 'counts' | 'pairs'>,
  verdicts: readonly (boolean | null)[],
  options: { readonly level?: number } = {},
): CorrectedPassRate {
  const judged = verdicts.filter((verdict) => verdict !== null).map(Number)
  const { truePass, falsePass, trueFail, falseFail } = calibration.counts
  const observed = { successes: judged.reduce((sum, value) => sum + value, 0), n: judged.length }
  if (observed.n === 0) return { observed: null, roganGladen: null, predictionPowered: null }
  const share = observed.successes / observed.n
  const interval = proportionInterval(observed.successes, observed.n, options)
  const [passing, failing] = [truePass + falseFail, trueFail + falsePass]
  const powered = predictionPoweredMean(
    {
      judged,
      judgedLabelled: calibration.pairs.map(({ passed }) => Number(passed)),
      labels: calibration.pairs.map(({ label }) => Number(label)),
    },
    options,
  )
  return {
    observed: { value: share, n: observed.n, interval },
    roganGladen:
      passing === 0 || failing === 0
        ? null
        : roganGladen(
            {
              observed,
              sensitivity: { successes: truePass, n: passing },
              specificity: { successes: trueFail, n: failing },
            },
            options,
          ),
    predictionPowered: powered === null ? null : cut(powered),
  }
}

function cut(estimate: Estimate): Estimate {
  const { value, interval } = estimate
  return {
    ...estimate,
    value: Math.min(1, Math.max(0, value)),
    ...(interval ? { interval: clipInterval(interval, [0, 1]) } : {}),
  }
}
