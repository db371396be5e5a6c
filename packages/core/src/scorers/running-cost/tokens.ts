import type { Usage } from '../../model/language-model.ts'
import { totalUsage } from '../../record/call-totals.ts'
import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, optionsVersion, type ScorerOptions, word } from '../scorer-options.ts'
import { amountScale } from '../text-scorer.ts'

/** Options of {@link tokens}. */
export interface TokensOptions extends ScorerOptions {
  /** Which tokens count; `total` is input and output. Default `total`. */
  readonly of?: 'total' | 'input' | 'output' | 'reasoning'
}

/**
 * How many tokens the task's model calls used, as the provider counted them; those of scorers do not count, reasoning
 * tokens are part of the output's. Not scored (`null`) where nobody counted.
 *
 * @param options `of = 'total'`, `name = 'tokens'`
 * @returns A graded scorer, range [0, ∞), lower is better; does not use `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`
 * @example
 * scorers: [tokens({ of: 'output' })], thresholds: { tokens: 500 }
 */
export function tokens(options: TokensOptions = {}): Scorer {
  checkOptions('tokens', options, { of: word('total', 'input', 'output', 'reasoning') })
  const { name = 'tokens', of = 'total' } = options
  return {
    name,
    version: optionsVersion('tokens', options),
    ...amountScale,
    needsExpected: false,
    score({ calls }) {
      const value = countTokens(totalUsage(calls.filter(({ purpose }) => purpose === 'task')), of)
      return value === undefined ? { value: null, explanation: 'no model call told its tokens' } : { value }
    },
  }
}

function countTokens({ inputTokens, outputTokens, reasoningTokens }: Usage, of: string): number | undefined {
  if (of === 'input') return inputTokens
  if (of === 'output') return outputTokens
  if (of === 'reasoning') return reasoningTokens
  return inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens
}
