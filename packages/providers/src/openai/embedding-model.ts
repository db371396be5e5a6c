import {
  currentAttemptReport,
  priceOf,
  runRequest,
  type CallAnswer,
  type EmbeddingModel,
  type Embeddings,
  type EmbedOptions,
  type ModelSettings,
} from '@evals/core'
import type { OpenAI } from 'openai'
import { otherAnswer } from '../vendor/unreadable-answer.ts'
import type { OpenAIClient } from './client.ts'
import { chatUsage } from './usage.ts'

/** What a model of embeddings is made of. */
export interface EmbeddingModelOptions {
  readonly modelId: string
  readonly client: OpenAIClient
  readonly settings: ModelSettings
}

const defaultTimeoutMs = 600_000
const charactersPerToken = 4

/** A model behind OpenAI's embeddings API, or one that speaks it. */
export function embeddingModel({ modelId, client, settings }: EmbeddingModelOptions): EmbeddingModel {
  const { provider } = client
  const { timeoutMs = defaultTimeoutMs, limits, cacheSalt } = settings
  const model = `${provider}:${modelId}`
  const price = settings.price ?? priceOf(model)
  const attempt = async (
    texts: readonly string[],
    { dimensions, signal }: EmbedOptions & { signal: AbortSignal },
  ): Promise<CallAnswer<Embeddings>> => {
    const params = { model: modelId, input: [...texts], ...(dimensions === undefined ? {} : { dimensions }) }
    const result = await client.callModel({ modelId, signal }, async (sdk) =>
      toEmbeddings(await sdk.embeddings.create(params, { signal }), { model, provider, count: texts.length }),
    )
    return {
      result,
      model: result.model,
      usage: result.usage,
      ...(result.requestId && { requestId: result.requestId }),
    }
  }
  return {
    provider,
    modelId,
    async embed(texts, { dimensions, signal } = {}) {
      if (texts.length === 0) return { vectors: [], usage: {}, model }
      const length = texts.reduce((sum, text) => sum + text.length, 0)
      const size = dimensions === undefined ? {} : { dimensions }
      return runRequest<Embeddings>({
        key: `${model} ${client.account()}`,
        model,
        estimate: { inputTokens: Math.ceil(length / charactersPerToken), maxOutputTokens: 0, ...(price && { price }) },
        ...(price === undefined ? {} : { price }),
        ...(limits === undefined ? {} : { limits }),
        timeoutMs,
        ...(signal === undefined ? {} : { signal }),
        shown: texts,
        cache: {
          identity: {
            model,
            baseURL: client.cacheIdentity,
            embed: texts,
            ...size,
            ...(cacheSalt === undefined ? {} : { salt: cacheSalt }),
          },
          store: (embeddings) => embeddings,
          restore: (stored) => stored as Embeddings,
        },
        attempt: (context) => attempt(texts, { ...size, signal: context.signal }),
      })
    },
  }
}

function toEmbeddings(
  answer: OpenAI.CreateEmbeddingResponse,
  { model, provider, count }: { model: string; provider: string; count: number },
): Embeddings {
  if (!Array.isArray(answer?.data) || answer.data.length !== count) {
    throw otherAnswer(model, `list of ${count} embeddings`, answer)
  }
  const requestId = currentAttemptReport()?.headers?.['x-request-id']
  return {
    vectors: answer.data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding),
    usage: chatUsage(answer.usage),
    model: answer.model ? `${provider}:${answer.model}` : model,
    ...(requestId === undefined ? {} : { requestId }),
  }
}
