import type { Anthropic } from '@anthropic-ai/sdk'
import { transportFetch } from '../transport/transport-fetch.ts'
import { loadSdk } from '../vendor/load-sdk.ts'
import type { SchemaTransform } from './request.ts'

/** How an API is reached. */
export interface AnthropicConnection {
  readonly baseURL: string
  readonly apiKey: string
  readonly headers: Readonly<Record<string, string>>
}

/** The vendor's SDK, ready for calls. */
export interface AnthropicClient {
  readonly client: Anthropic
  readonly transform: SchemaTransform
}

const packageName = '@anthropic-ai/sdk'

/**
 * Loads the SDK and makes a client of it that neither retries nor times out: the request path does both.
 * @throws EvalsError `EVALS_MODEL_SDK_MISSING`
 */
export async function connectAnthropic({ baseURL, apiKey, headers }: AnthropicConnection): Promise<AnthropicClient> {
  const [sdk, { transformJSONSchema }] = await Promise.all([
    loadSdk(packageName, () => import('@anthropic-ai/sdk')),
    loadSdk(packageName, () => import('@anthropic-ai/sdk/lib/transform-json-schema')),
  ])
  const client = new sdk.Anthropic({
    apiKey,
    baseURL,
    defaultHeaders: headers,
    fetch: transportFetch,
    maxRetries: 0,
    timeout: longestTimerMs,
    // What fails is thrown, and recorded.
    logLevel: 'off',
  })
  return { client, transform: transformJSONSchema }
}

/** The names of all models; there are fewer than a page can hold. */
export async function listModels({ client }: AnthropicClient, signal: AbortSignal): Promise<string[]> {
  return (await client.models.list({ limit: 1000 }, { signal })).data.map(({ id }) => id)
}

const longestTimerMs = 2 ** 31 - 1
