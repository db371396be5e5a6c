import type { Usage } from '@evals/core'

/** The usage of chat completions, completions and embeddings, with what some servers add. */
export interface ChatUsage {
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly total_tokens?: number
  readonly prompt_tokens_details?: { readonly cached_tokens?: number | null } | null
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number | null } | null
  readonly prompt_cache_hit_tokens?: number | null
}

/** Reads the usage of a chat completion, a completion or embeddings. */
export function chatUsage(usage: ChatUsage | null | undefined): Usage {
  const { prompt_tokens: input, completion_tokens: completion, total_tokens: total } = usage ?? {}
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? usage?.prompt_cache_hit_tokens ?? undefined
  const reasoning = usage?.completion_tokens_details?.reasoning_tokens ?? undefined
  // Some servers count reasoning apart; only their total has both.
  const isApart = total === (input ?? 0) + (completion ?? 0) + (reasoning ?? 0)
  return known({
    inputTokens: input,
    outputTokens: completion === undefined || !isApart ? completion : completion + (reasoning ?? 0),
    cachedInputTokens: cached,
    reasoningTokens: reasoning,
  })
}

/** The usage of the responses API. */
export interface ResponsesUsage {
  readonly input_tokens?: number
  readonly output_tokens?: number
  readonly input_tokens_details?: { readonly cached_tokens?: number | null } | null
  readonly output_tokens_details?: { readonly reasoning_tokens?: number | null } | null
}

/** Reads the usage of the responses API. */
export function responsesUsage(usage: ResponsesUsage | null | undefined): Usage {
  return known({
    inputTokens: usage?.input_tokens,
    outputTokens: usage?.output_tokens,
    cachedInputTokens: usage?.input_tokens_details?.cached_tokens ?? undefined,
    reasoningTokens: usage?.output_tokens_details?.reasoning_tokens ?? undefined,
  })
}

type Counts = { readonly [Name in keyof Usage]-?: number | undefined }

/** What was not reported is absent. */
export function known(counts: Counts): Usage {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => typeof count === 'number'))
}
