import type { Usage } from '../model/language-model.ts'

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number
  readonly output: number
  /** Input tokens that the provider had cached; default as `input`. */
  readonly cachedInput?: number
}

/**
 * What an answer cost in US dollars; reasoning tokens are part of the output tokens. `undefined` where the price is
 * unknown, or no tokens were reported for a price that is not 0: unknown is never 0.
 */
export function costOf(usage: Usage, price: Price | undefined): number | undefined {
  if (price === undefined) return undefined
  const isReported = usage.inputTokens !== undefined || usage.outputTokens !== undefined
  if (!isReported && (price.input > 0 || price.output > 0)) return undefined
  const { inputTokens = 0, outputTokens = 0, cachedInputTokens = 0 } = usage
  const { input, output, cachedInput = input } = price
  return ((inputTokens - cachedInputTokens) * input + cachedInputTokens * cachedInput + outputTokens * output) / 1e6
}
