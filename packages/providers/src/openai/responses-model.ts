import { defineModel, type LanguageModel, type Price } from '@evals/core'
import type { OpenAIClient } from './client.ts'
import { attemptResponse } from './responses-attempt.ts'

/** What a model of the responses API is made of. */
export interface ResponsesModelOptions {
  readonly modelId: string
  readonly client: OpenAIClient
  readonly timeoutMs?: number | undefined
  readonly price?: Price | undefined
}

/** A model behind OpenAI's responses API. */
export function responsesModel({ modelId, client, timeoutMs, price }: ResponsesModelOptions): LanguageModel {
  return defineModel({
    provider: client.provider,
    modelId,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(price === undefined ? {} : { price }),
    account: () => client.account(),
    prepare: () => client.connect(),
    get identity() {
      return { baseURL: client.baseURL, api: 'responses' }
    },
    generate: (prompt, options) => client.call((sdk) => attemptResponse({ modelId, prompt, options }, sdk)),
  })
}
