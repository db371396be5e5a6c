import type { Anthropic } from '@anthropic-ai/sdk'
import type { GenerateOptions } from '@evals/core'
import { missingCapability } from '../vendor/capability.ts'

type Effort = Exclude<NonNullable<GenerateOptions['reasoning']>, 'none'>

/** How much a call may think and write. */
export interface AnthropicThinking {
  readonly max_tokens: number
  readonly thinking?: Anthropic.ThinkingConfigParam
  readonly effort?: Effort
}

// The API asks for a limit; an answer that is cut off is a wrong one, and only what is written is paid.
const defaultMaxTokens = 16_384
const defaultMaxTokensThinking = 32_768

/** Models before Claude 4.6 are told how many tokens to think; later ones how hard. */
const takesBudget = /^claude-(?:3|\w+-4-(?:[015]\b|20))/
const budgetTokens: Readonly<Record<Effort, number>> = { low: 2048, medium: 8192, high: 16_384 }
const leastBudgetTokens = 1024

/**
 * The limit of tokens, which thinking counts towards, and the form of `reasoning` that the model takes.
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` where the limit leaves no room for the least budget
 */
export function toThinking(modelId: string, { reasoning, maxOutputTokens }: GenerateOptions): AnthropicThinking {
  if (reasoning === undefined) return { max_tokens: maxOutputTokens ?? defaultMaxTokens }
  if (reasoning === 'none') return { max_tokens: maxOutputTokens ?? defaultMaxTokens, thinking: { type: 'disabled' } }
  const maxTokens = maxOutputTokens ?? defaultMaxTokensThinking
  if (!takesBudget.test(modelId)) {
    return { max_tokens: maxTokens, thinking: { type: 'adaptive' }, effort: reasoning }
  }
  const budget = Math.min(budgetTokens[reasoning], maxTokens - 1)
  if (budget < leastBudgetTokens) {
    const what = `\`reasoning\` with \`maxOutputTokens\` of ${maxTokens}`
    throw missingCapability(`anthropic:${modelId}`, what, `Raise it above ${leastBudgetTokens}, or leave it out.`)
  }
  return { max_tokens: maxTokens, thinking: { type: 'enabled', budget_tokens: budget } }
}
