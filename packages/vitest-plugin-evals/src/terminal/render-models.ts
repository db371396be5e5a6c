import { addUses, type EvalSummary, type ModelUse } from '@evals/core'
import { formatCompact, formatUsd, plural } from './format.ts'

const shown = 6

/**
 * One line that splits tokens and cost of a run by model and purpose, where there is anything to split:
 * ` Models  openai:gpt-5-mini (task) 82.4K + 3.1K tokens, $0.027 · openai:gpt-5 (score) …`.
 */
export function renderModels(evals: readonly EvalSummary[]): string[] {
  const uses = addUses(evals.flatMap(({ models }): readonly ModelUse[] => models ?? []))
  if (uses.length < 2) return []
  const sorted = uses.toSorted((a, b) => (b.costUsd ?? 0) - (a.costUsd ?? 0) || tokensOf(b) - tokensOf(a))
  const more = uses.length > shown ? [`${uses.length - shown} more in experiment.json`] : []
  return [` Models  ${[...sorted.slice(0, shown).map(renderUse), ...more].join(' · ')}`]
}

function renderUse({ model, purpose, calls, usage: { inputTokens, outputTokens }, costUsd }: ModelUse): string {
  const isCounted = inputTokens !== undefined || outputTokens !== undefined
  const amount = isCounted
    ? `${formatCompact(inputTokens ?? 0)} + ${formatCompact(outputTokens ?? 0)} tokens`
    : plural(Math.round(calls), 'call')
  return `${model} (${purpose}) ${amount}, ${costUsd === undefined ? 'price unknown' : formatUsd(costUsd)}`
}

function tokensOf({ usage: { inputTokens = 0, outputTokens = 0 } }: ModelUse): number {
  return inputTokens + outputTokens
}
