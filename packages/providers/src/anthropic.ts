import { defineModel, type LanguageModel, type ModelSettings } from '@evals/core'
import { attemptAnthropic } from './anthropic/attempt.ts'
import { connectAnthropic, listModels, type AnthropicClient } from './anthropic/client.ts'
import { accountOf } from './vendor/account.ts'
import { apiKeyOf, findApiKey } from './vendor/api-key.ts'
import { hidingKey } from './vendor/hide-key.ts'
import { settingsOf } from './vendor/settings-of.ts'
import { suggestingModels } from './vendor/suggesting-models.ts'
import { checkedAddress } from './vendor/checked-address.ts'

/** Settings of {@link anthropic}. */
export interface AnthropicOptions extends ModelSettings {
  /** Default the environment variable `ANTHROPIC_BASE_URL`, else `https://api.anthropic.com`. */
  readonly baseURL?: string
  /** Default the environment variable `ANTHROPIC_API_KEY`, read at the first call. */
  readonly apiKey?: string
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Most ms for one attempt. Default 600,000; a stream also ends after 60,000 between two pieces. */
  readonly timeoutMs?: number
}

const variable = 'ANTHROPIC_API_KEY'

/**
 * A model of Anthropic's Messages API, called through the package `@anthropic-ai/sdk`.
 *
 * Takes text, images, PDFs, texts as files, tools, `schema` and `reasoning`; not `seed` nor audio. Without
 * `maxOutputTokens` an answer ends at 16,384 tokens, with `reasoning` at 32,768. `providerOptions` go into the request's
 * body as they are.
 * @param modelId for example `claude-sonnet-5`
 * @throws EvalsError (from a call) `EVALS_MODEL_KEY_MISSING`, `EVALS_MODEL_SDK_MISSING`, `EVALS_MODEL_CAPABILITY_MISSING`
 * @example anthropic('claude-sonnet-5')
 */
export function anthropic(modelId: string, options: AnthropicOptions = {}): LanguageModel {
  const { apiKey, headers = {} } = options
  const baseURL = (): string => {
    const found = options.baseURL || process.env['ANTHROPIC_BASE_URL'] || 'https://api.anthropic.com'
    return checkedAddress(found, 'anthropic')
  }
  let connected: Promise<AnthropicClient> | undefined
  const keyOf = (): string => apiKeyOf({ provider: 'anthropic', apiKey, variable })
  const connect = async (): Promise<AnthropicClient> =>
    (connected ??= connectAnthropic({ baseURL: baseURL(), apiKey: keyOf(), headers }))
  const account = (): string => accountOf(baseURL(), findApiKey({ apiKey, variable }))
  return defineModel({
    provider: 'anthropic',
    modelId,
    ...settingsOf(options),
    account,
    get identity() {
      return { baseURL: accountOf(baseURL()) }
    },
    prepare: connect,
    async generate(prompt, callOptions) {
      const client = await connect()
      const list = ({ signal }: { signal: AbortSignal }): Promise<string[]> => listModels(client, signal)
      const suggestion = { modelId, account: account(), signal: callOptions.signal, list }
      return hidingKey(keyOf(), () =>
        suggestingModels(suggestion, () => attemptAnthropic({ modelId, prompt, options: callOptions }, client)),
      )
    },
  })
}
