import { totalCostUsd } from '../../record/call-totals.ts'
import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, optionsVersion, type ScorerOptions } from '../scorer-options.ts'
import { amountScale } from '../text-scorer.ts'

/**
 * What the task's model calls cost, in US dollars; those of scorers do not count. Not scored (`null`) where no call is
 * recorded, or the price of some call is unknown.
 *
 * @param options `name = 'cost'`
 * @returns A graded scorer, range [0, ∞) in US dollars, lower is better; does not use `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`
 * @example
 * scorers: [cost()], thresholds: { cost: 0.01 }
 */
export function cost(options: ScorerOptions = {}): Scorer {
  checkOptions('cost', options, {})
  return {
    name: options.name ?? 'cost',
    version: optionsVersion('cost', options),
    ...amountScale,
    needsExpected: false,
    score({ calls }) {
      const value = totalCostUsd(calls.filter(({ purpose }) => purpose === 'task'))
      return value === null ? { value, explanation: 'no model call, or one without a known price' } : { value }
    },
  }
}
