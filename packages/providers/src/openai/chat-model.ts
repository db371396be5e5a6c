import { defineModel, type LanguageModel, type Price } from '@evals/core'
import { attemptChat } from './chat-attempt.ts'
import type { ChatDialect } from './chat-dialect.ts'
import type { OpenAIClient } from './client.ts'

/** What a model of chat completions is made of. */
export interface ChatModelOptions {
  readonly modelId: string
  readonly client: OpenAIClient
  readonly dialect: ChatDialect
  readonly timeoutMs?: number | undefined
  readonly price?: Price | undefined
}

/** A model behind an API that speaks OpenAI's chat completions. */
export function chatModel({ modelId, client, dialect, timeoutMs, price }: ChatModelOptions): LanguageModel {
  const { provider } = client
  return defineModel({
    provider,
    modelId,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(price === undefined ? {} : { price }),
    account: () => client.account(),
    prepare: () => client.connect(),
    get identity() {
      return { baseURL: client.baseURL, api: 'chat' }
    },
    generate: (prompt, options) =>
      client.call((sdk) => attemptChat({ provider, modelId, prompt, options, dialect }, sdk)),
  })
}
