/** Where servers that speak OpenAI's chat completions differ. */
export interface ChatDialect {
  /** The name of the limit of output tokens. */
  readonly maxTokens: 'max_completion_tokens' | 'max_tokens'
  readonly seed: 'seed' | 'random_seed'
  /** `json_object`: the server takes no schema, so a system message tells it. */
  readonly schema: 'json_schema' | 'json_object'
  /** Whether the usage of a stream must be asked for; else it comes unasked, and asking is an error. */
  readonly asksForUsage: boolean
  readonly takesFiles: boolean
}

/** OpenAI's own. */
export const openaiDialect: ChatDialect = {
  maxTokens: 'max_completion_tokens',
  seed: 'seed',
  schema: 'json_schema',
  asksForUsage: true,
  takesFiles: true,
}

/** What most other servers understand. */
export const commonDialect: ChatDialect = { ...openaiDialect, maxTokens: 'max_tokens', takesFiles: false }
