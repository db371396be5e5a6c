import type { EmbeddingModel, LanguageModel, ModelSettings } from '@evals/core'
import { openaiDialect } from './openai/chat-dialect.ts'
import { chatModel } from './openai/chat-model.ts'
import { OpenAIClient } from './openai/client.ts'
import { embeddingModel } from './openai/embedding-model.ts'
import { responsesModel } from './openai/responses-model.ts'

export type { EmbeddingModel, Embeddings, EmbedOptions } from '@evals/core'

/** Settings of {@link openai}. */
export interface OpenAIOptions extends ModelSettings {
  /** Default the environment variable `OPENAI_BASE_URL`, else `https://api.openai.com/v1`. */
  readonly baseURL?: string
  /** Default the environment variable `OPENAI_API_KEY`, read at the first call. */
  readonly apiKey?: string
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Most ms for one attempt. Default 600,000; a stream also ends after 60,000 between two pieces. */
  readonly timeoutMs?: number
}

/** Models of OpenAI by API. */
export interface OpenAIModels {
  /**
   * A model by the chat completions API. Takes text, images, audio (WAV, MP3), files (PDF), tools, `schema`, `stop`,
   * `seed` and `reasoning` as far as the model does.
   */
  (modelId: string, options?: OpenAIOptions): LanguageModel
  /** A model by the responses API; not with `stop`, `seed` or audio. Reasoning goes on over the calls of tools. */
  responses(modelId: string, options?: OpenAIOptions): LanguageModel
  /** A model that turns texts into vectors. */
  embeddings(modelId: string, options?: OpenAIOptions): EmbeddingModel
}

/**
 * Models of OpenAI, called through the package `openai`. `providerOptions` of a call go into the request's body as they
 * are. A tool call whose arguments are no JSON has them as text.
 * @throws EvalsError (from a call) `EVALS_MODEL_KEY_MISSING`, `EVALS_MODEL_SDK_MISSING`, `EVALS_MODEL_CAPABILITY_MISSING`
 * @example openai('gpt-5-mini')
 * @example openai.responses('gpt-5-mini')
 * @example await openai.embeddings('text-embedding-3-small').embed(['one', 'two'])
 */
export const openai: OpenAIModels = Object.assign(
  (modelId: string, options: OpenAIOptions = {}) =>
    chatModel({ modelId, client: clientOf(options), dialect: openaiDialect, settings: options }),
  {
    responses: (modelId: string, options: OpenAIOptions = {}) =>
      responsesModel({ modelId, client: clientOf(options), settings: options }),
    embeddings: (modelId: string, options: OpenAIOptions = {}) =>
      embeddingModel({ modelId, client: clientOf(options), settings: options }),
  },
)

function clientOf({ baseURL, apiKey, headers = {} }: OpenAIOptions): OpenAIClient {
  return new OpenAIClient({
    provider: 'openai',
    baseURL: () => baseURL || process.env['OPENAI_BASE_URL'] || 'https://api.openai.com/v1',
    apiKey,
    variable: 'OPENAI_API_KEY',
    needsKey: true,
    headers,
  })
}
