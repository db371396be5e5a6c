import { defineModel, type LanguageModel, type ModelSettings } from '@evals/core'
import { settingsOf } from '../vendor/settings-of.ts'
import type { OpenAIClient } from './client.ts'
import { attemptResponse } from './responses-attempt.ts'

/** What a model of the responses API is made of. */
export interface ResponsesModelOptions {
  readonly modelId: string
  readonly client: OpenAIClient
  readonly settings: ModelSettings
}

/** A model behind OpenAI's responses API. */
export function responsesModel({ modelId, client, settings }: ResponsesModelOptions): LanguageModel {
  return defineModel({
    provider: client.provider,
    modelId,
    ...settingsOf(settings),
    account: () => client.account(),
    prepare: () => client.connect(),
    get identity() {
      return { baseURL: client.cacheIdentity, api: 'responses' }
    },
    generate: (prompt, options) =>
      client.callModel({ modelId, signal: options.signal }, (sdk) =>
        attemptResponse({ modelId, prompt, options }, sdk),
      ),
  })
}
