import type { Usage } from '@evals/core'
import { known } from '../openai/usage.ts'

/** The usage of the Messages API; servers that speak it too leave parts out. */
export interface MessagesUsage {
  readonly input_tokens?: number | null
  readonly output_tokens?: number | null
  readonly cache_creation_input_tokens?: number | null
  readonly cache_read_input_tokens?: number | null
  readonly output_tokens_details?: { readonly thinking_tokens?: number | null } | null
}

/** Reads the usage of a message. The API's own count of input leaves out what is read from and written to its cache. */
export function messagesUsage(usage: MessagesUsage | null | undefined): Usage {
  const { input_tokens: input, cache_read_input_tokens: cached, cache_creation_input_tokens: written } = usage ?? {}
  return known({
    inputTokens: typeof input === 'number' ? input + (cached ?? 0) + (written ?? 0) : undefined,
    outputTokens: usage?.output_tokens ?? undefined,
    cachedInputTokens: cached ?? undefined,
    reasoningTokens: usage?.output_tokens_details?.thinking_tokens ?? undefined,
  })
}
