import { defineModel, type LanguageModel, type Price } from '@evals/core'
import { attemptOllama } from './ollama/attempt.ts'
import { readServerAddress, type ServerAddress } from './ollama/server-address.ts'
import { accountOf } from './vendor/account.ts'
import { findApiKey } from './vendor/api-key.ts'
import { hidingKey } from './vendor/hide-key.ts'

/** Settings of {@link ollama}. */
export interface OllamaOptions {
  /** Where the server is. Default the environment variable `OLLAMA_HOST`, else `http://127.0.0.1:11434`. */
  readonly baseURL?: string
  /** Sent as bearer token, for servers that ask for one. Default the environment variable `OLLAMA_API_KEY`, else none. */
  readonly apiKey?: string
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Most ms for one attempt. Default 600,000; a stream also ends after 60,000 without a byte. */
  readonly timeoutMs?: number
  /** US dollars for a million tokens. Default 0. */
  readonly price?: Price
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
  const { headers = {}, timeoutMs, price = free } = options
  const address = (): ServerAddress =>
    readServerAddress(options.baseURL ?? (process.env['OLLAMA_HOST'] || 'http://127.0.0.1:11434'))
  const authorization = (): string | undefined => {
    const key = findApiKey({ apiKey: options.apiKey, variable })
    return key === undefined ? address().authorization : `Bearer ${key}`
  }
  return defineModel({
    provider: 'ollama',
    modelId,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    price,
    account: () => accountOf(address().url, authorization()),
    get identity() {
      return { baseURL: address().url }
    },
    generate(prompt, callOptions) {
      const secret = authorization()
      const connection = {
        host: address().url,
        headers: { ...(secret === undefined ? {} : { authorization: secret }), ...headers },
      }
      const call = { modelId, prompt, options: callOptions }
      return hidingKey(secret?.replace(/^\w+ /, ''), () => attemptOllama(call, connection))
    },
  })
}
