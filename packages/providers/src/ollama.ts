import { defineModel, type LanguageModel, type ModelSettings, type Price } from '@evals/core'
import { attemptOllama, listModels } from './ollama/attempt.ts'
import { readServerAddress, type ServerAddress } from './ollama/server-address.ts'
import { accountOf } from './vendor/account.ts'
import { findApiKey } from './vendor/api-key.ts'
import { hidingKey } from './vendor/hide-key.ts'
import { settingsOf } from './vendor/settings-of.ts'
import { suggestingModels } from './vendor/suggesting-models.ts'

/** Settings of {@link ollama}. */
export interface OllamaOptions extends ModelSettings {
  /** Where the server is. Default the environment variable `OLLAMA_HOST`, else `http://127.0.0.1:11434`. */
  readonly baseURL?: string
  /** Sent as bearer token, for servers that ask for one. Default the environment variable `OLLAMA_API_KEY`, else none. */
  readonly apiKey?: string
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Most ms for one attempt. Default 600,000; a stream also ends after 60,000 between two pieces. */
  readonly timeoutMs?: number
  /** US dollars for a million tokens. Default 0. */
  readonly price?: Price
  /** What stands for the address in the keys of cached answers, for a server whose address changes. Default: the address. */
  readonly cacheIdentity?: string
}

const free: Price = { input: 0, output: 0 }
const variable = 'OLLAMA_API_KEY'

/**
 * A model of an Ollama server, called through the package `ollama`.
 *
 * Takes text, images as bytes, tools, `schema`, `reasoning` and `seed`; not `toolChoice`, audio nor files.
 * `providerOptions` go into the request's body, their `options` (such as `num_ctx`) to those of the model.
 * @param modelId for example `llama3.2`
 * @throws EvalsError (from a call) `EVALS_MODEL_SDK_MISSING`, `EVALS_MODEL_CAPABILITY_MISSING`
 * @example ollama('llama3.2', { baseURL: 'http://gpu-box:11434' })
 */
export function ollama(modelId: string, options: OllamaOptions = {}): LanguageModel {
  const { headers = {}, cacheIdentity } = options
  const address = (): ServerAddress =>
    readServerAddress(options.baseURL || process.env['OLLAMA_HOST'] || 'http://127.0.0.1:11434')
  const authorization = (): string | undefined => {
    const key = findApiKey({ apiKey: options.apiKey, variable })
    return key === undefined ? address().authorization : `Bearer ${key}`
  }
  const account = (): string => accountOf(address().url, authorization())
  return defineModel({
    provider: 'ollama',
    modelId,
    price: free,
    ...settingsOf(options),
    account,
    get identity() {
      return { baseURL: cacheIdentity ?? address().url }
    },
    generate(prompt, callOptions) {
      const secret = authorization()
      const connection = {
        host: address().url,
        headers: { ...(secret === undefined ? {} : { authorization: secret }), ...headers },
      }
      const call = { modelId, prompt, options: callOptions }
      const list = ({ signal }: { signal: AbortSignal }): Promise<string[]> => listModels(connection, signal)
      const suggestion = { modelId, account: account(), signal: callOptions.signal, list }
      return hidingKey(secret?.replace(/^\w+ /, ''), () =>
        suggestingModels(suggestion, () => attemptOllama(call, connection)),
      )
    },
  })
}
