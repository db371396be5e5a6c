import type { Usage } from '../model/language-model.ts'
import type { ModelCall } from '../record/record.ts'

/** One call divided among the samples it was made for: whole tokens, whose sum is that of the call. */
export function shareCall(call: ModelCall, samples: number): ModelCall[] {
  if (samples === 1) return [call]
  return Array.from({ length: samples }, (_, index) => ({
    ...call,
    usage: shareUsage(call.usage, index, samples),
    ...(call.costUsd === undefined ? {} : { costUsd: call.costUsd / samples }),
    batch: samples,
  }))
}

function shareUsage(usage: Usage, index: number, samples: number): Usage {
  const until = (tokens: number, parts: number): number => Math.floor((tokens * parts) / samples)
  return Object.fromEntries(
    Object.entries(usage).map(([field, tokens]: [string, number]) => [
      field,
      until(tokens, index + 1) - until(tokens, index),
    ]),
  )
}
