import { defineModel, type LanguageModel, type ModelSettings } from '@evals/core'
import { settingsOf } from '../vendor/settings-of.ts'
import { attemptChat } from './chat-attempt.ts'
import type { ChatDialect } from './chat-dialect.ts'
import type { OpenAIClient } from './client.ts'

/** What a model of chat completions is made of. */
export interface ChatModelOptions {
  readonly modelId: string
  readonly client: OpenAIClient
  readonly dialect: ChatDialect
  readonly settings: ModelSettings
}

/** A model behind an API that speaks OpenAI's chat completions. */
export function chatModel({ modelId, client, dialect, settings }: ChatModelOptions): LanguageModel {
  const { provider } = client
  return defineModel({
    provider,
    modelId,
    ...settingsOf(settings),
    account: () => client.account(),
    prepare: () => client.connect(),
    get identity() {
      return { baseURL: client.cacheIdentity, api: 'chat' }
    },
    generate: (prompt, options) =>
      client.callModel({ modelId, signal: options.signal }, (sdk) =>
        attemptChat({ provider, modelId, prompt, options, dialect }, sdk),
      ),
  })
}
