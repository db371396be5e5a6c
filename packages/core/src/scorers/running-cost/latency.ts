import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, optionsVersion, type ScorerOptions } from '../scorer-options.ts'
import { amountScale } from '../text-scorer.ts'

/**
 * How long the task took, in ms, without scoring and without the time its model calls waited for a slot: the record's
 * `durationMs`. A mean with its interval; the percentiles are in `latencyMs` of every eval.
 *
 * @param options `name = 'latency'`
 * @returns A graded scorer, range [0, ∞) in ms, lower is better; does not use `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`
 * @example
 * scorers: [latency()], thresholds: { latency: 2000 }
 */
export function latency(options: ScorerOptions = {}): Scorer {
  checkOptions('latency', options, {})
  return {
    name: options.name ?? 'latency',
    version: optionsVersion('latency', options),
    ...amountScale,
    needsExpected: false,
    score: ({ durationMs }) => ({ value: durationMs }),
  }
}
