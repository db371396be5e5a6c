import { EvalsError, type EmbeddingModel, type LanguageModel, type ModelSettings } from '@evals/core'
import { commonDialect, type ChatDialect } from './openai/chat-dialect.ts'
import { chatModel } from './openai/chat-model.ts'
import { OpenAIClient } from './openai/client.ts'
import { embeddingModel } from './openai/embedding-model.ts'
import { presetOf, presets, type PresetName } from './openai-compatible/presets.ts'

export type { ChatDialect } from './openai/chat-dialect.ts'
export type { EmbeddingModel, Embeddings, EmbedOptions } from '@evals/core'
export type { PresetName } from './openai-compatible/presets.ts'

/** Settings of {@link openaiCompatible}. */
export interface OpenAICompatibleOptions extends ModelSettings {
  /**
   * Who serves the model. One of the known names (`vllm`, `llamaCpp`, `lmStudio`, `groq`, `together`, `openrouter`,
   * `deepseek`, `xai`, `azure`, `mistral`, `fireworks`, `cerebras`, `deepinfra`, `huggingface`, `perplexity`) brings base
   * URL and key variable; any other names a server of your own.
   */
  readonly provider: PresetName | (string & {})
  /**
   * With the version, as in `http://127.0.0.1:8000/v1`. Default: the environment variable that is named like the key's, such
   * as `GROQ_BASE_URL`, else the preset's.
   */
  readonly baseURL?: string
  /** Default: the environment variable `apiKeyVariable`, read at the first call. */
  readonly apiKey?: string
  /** Default: the preset's. Where you name one, a call without a key fails. */
  readonly apiKeyVariable?: string
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Most ms for one attempt. Default 600,000; a stream also ends after 60,000 between two pieces. */
  readonly timeoutMs?: number
  /** What stands for the base URL in the keys of cached answers, for a server whose address changes. Default: the base URL. */
  readonly cacheIdentity?: string
  /** Where the server differs from what most of them understand. */
  readonly dialect?: Partial<ChatDialect>
}

/** Models of servers that speak OpenAI's wire formats. */
export interface OpenAICompatibleModels {
  /** A model by chat completions. */
  (modelId: string, options: OpenAICompatibleOptions): LanguageModel
  /** A model that turns texts into vectors. */
  embeddings(modelId: string, options: OpenAICompatibleOptions): EmbeddingModel
}

/**
 * A model of any server that speaks OpenAI's chat completions, called through the package `openai`. What the server does
 * not know it refuses itself. `providerOptions` of a call go into the request's body as they are.
 * @throws EvalsError `EVALS_OPTION_INVALID` without a base URL; from a call `EVALS_MODEL_KEY_MISSING`,
 * `EVALS_MODEL_SDK_MISSING`, `EVALS_MODEL_CAPABILITY_MISSING`
 * @example openaiCompatible('llama-3.3-70b-versatile', { provider: 'groq' })
 * @example openaiCompatible('qwen3', { provider: 'my-gpu', baseURL: 'http://10.0.0.7:8000/v1' })
 * @example openaiCompatible('my-deployment', { provider: 'azure', baseURL: 'https://NAME.openai.azure.com/openai/v1' })
 */
export const openaiCompatible: OpenAICompatibleModels = Object.assign(
  (modelId: string, options: OpenAICompatibleOptions) => {
    const { provider } = options
    const dialect = { ...(presetOf(provider)?.dialect ?? commonDialect), ...options.dialect }
    return chatModel({ modelId, client: clientOf(options), dialect, settings: options })
  },
  {
    embeddings(modelId: string, options: OpenAICompatibleOptions) {
      return embeddingModel({ modelId, client: clientOf(options), settings: options })
    },
  },
)

function clientOf(options: OpenAICompatibleOptions): OpenAIClient {
  const { provider, baseURL, apiKey, apiKeyVariable, headers = {}, cacheIdentity } = options
  const preset = presetOf(provider)
  const variable = apiKeyVariable ?? preset?.variable
  const urlVariable = preset?.variable.replace(/_(?:API_KEY|API_TOKEN|TOKEN)$/, '_BASE_URL')
  // The SDK takes an empty one for OpenAI's, and would send it the prompts and this server's key.
  if (!baseURL && preset === undefined) throw withoutBaseURL(provider)
  return new OpenAIClient({
    provider,
    baseURL() {
      const found = baseURL || process.env[urlVariable ?? ''] || preset?.baseURL
      if (found === undefined) throw withoutBaseURL(provider, urlVariable)
      return found
    },
    apiKey,
    ...(variable === undefined ? {} : { variable }),
    needsKey: apiKeyVariable !== undefined || preset?.needsKey === true,
    headers,
    ...(cacheIdentity === undefined ? {} : { cacheIdentity }),
  })
}

function withoutBaseURL(provider: string, variable?: string): EvalsError {
  const next =
    variable === undefined
      ? `Give it \`baseURL\`, or name one of: ${Object.keys(presets).join(', ')}.`
      : `Give it \`baseURL\`, or set ${variable}.`
  return new EvalsError(
    'EVALS_OPTION_INVALID',
    `A model of provider "${provider}" needs an address, and none is known for it. ${next}`,
    { details: { provider } },
  )
}
