import type { Usage } from '../model/language-model.ts'
import type { ModelCall } from './record.ts'

/** Token counts added up; a field no call reported stays absent. */
export function totalUsage(calls: readonly Pick<ModelCall, 'usage'>[]): Usage {
  const total: { -readonly [Field in keyof Usage]: number } = {}
  for (const { usage } of calls) {
    for (const field of ['inputTokens', 'outputTokens', 'cachedInputTokens', 'reasoningTokens'] as const) {
      const tokens = usage[field]
      if (tokens !== undefined) total[field] = (total[field] ?? 0) + tokens
    }
  }
  return total
}

/** The cost of all calls in US dollars; `null` where nothing was called or some call's price is unknown. */
export function totalCostUsd(calls: readonly Pick<ModelCall, 'costUsd'>[]): number | null {
  if (calls.length === 0) return null
  let total = 0
  for (const { costUsd } of calls) {
    if (costUsd === undefined) return null
    total += costUsd
  }
  return total
}
