import { runRequest } from '../request/run-request.ts'
import type { CacheUse, CallAnswer, ModelRequest } from '../request/model-request.ts'
import { priceOf } from '../price/price-table.ts'
import { withoutUndefined } from '../without-undefined.ts'
import { ChunkQueue } from './chunk-queue.ts'
import { estimateTokens } from './estimate-tokens.ts'
import type { ModelSettings } from './model-settings.ts'
import {
  createModelResponse,
  type GenerateOptions,
  type LanguageModel,
  type ModelChunk,
  type ModelResponse,
  type ModelResponseFields,
  type Prompt,
} from './language-model.ts'

/** What a provider's call is given besides the prompt. */
export interface ModelCallOptions extends GenerateOptions {
  /** Aborts on timeout, cancellation and the sample's end; must close the socket. */
  readonly signal: AbortSignal
  /** Present where the answer is wanted as it comes: ask for a stream, and call it with each piece of text. */
  readonly onText?: (text: string) => void
}

/** What a provider writes: one bare attempt at a call, without retries. */
export interface ModelDefinition extends ModelSettings {
  /** For example `openai`. */
  readonly provider: string
  /** For example `gpt-5-mini`. */
  readonly modelId: string
  /** One attempt; must obey `options.signal`. */
  generate(prompt: Prompt, options: ModelCallOptions): Promise<ModelResponse>
  /** Loads what calls need, such as a vendor's SDK; awaited before each call waits for its turn. */
  prepare?(): Promise<unknown>
  /** Whose limits the calls share, besides provider and model: base URL and account. Asked at each call. Default: none. */
  account?(): string
  /** What else can change an answer, such as the base URL; no keys. Default: nothing. */
  readonly identity?: unknown
  /** False: answers are never cached, as where code of the user's own makes them. Default true. */
  readonly cacheable?: boolean
  /** Cost of an answer in US dollars, where it is not usage times price; `undefined` where it is unknown. */
  costUsd?(response: ModelResponse): number | undefined
}

const defaultTimeoutMs = 600_000

/** Makes a {@link LanguageModel} whose calls go through the request path and are counted for the sample that makes them. */
export function defineModel(definition: ModelDefinition): LanguageModel {
  const { provider, modelId } = definition
  const generate = async (prompt: Prompt, options: GenerateOptions = {}): Promise<ModelResponse> =>
    runRequest(requestOf(definition, { prompt, options }))

  async function* stream(prompt: Prompt, options: GenerateOptions = {}): AsyncIterable<ModelChunk> {
    const chunks = new ChunkQueue()
    const controller = new AbortController()
    const signal =
      options.signal === undefined ? controller.signal : AbortSignal.any([options.signal, controller.signal])
    const request = requestOf(definition, { prompt, options: { ...options, signal }, chunks })
    const done = runRequest(request).then(
      (response) => chunks.end({ type: 'response', response }),
      (error: unknown) => chunks.fail(error),
    )
    try {
      yield* chunks
      await done
    } finally {
      // The reader may have left before the end.
      controller.abort()
    }
  }

  return { provider, modelId, generate, stream }
}

function requestOf(
  definition: ModelDefinition,
  { prompt, options, chunks }: { prompt: Prompt; options: GenerateOptions; chunks?: ChunkQueue },
): ModelRequest<ModelResponse> {
  const { provider, modelId, limits, cacheSalt, timeoutMs = defaultTimeoutMs } = definition
  const { signal, ...parameters } = options
  const model = `${provider}:${modelId}`
  const price = definition.price ?? priceOf(model)
  const { maxOutputTokens } = options
  const identity = withoutUndefined({ model, definition: definition.identity, prompt, parameters, salt: cacheSalt })
  return {
    key: [model, definition.account?.()].filter((part) => part !== undefined).join(' '),
    model,
    estimate: withoutUndefined({ inputTokens: estimateTokens(prompt), maxOutputTokens, price }),
    timeoutMs,
    tellsCost: definition.costUsd !== undefined,
    shown: prompt,
    ...withoutUndefined({ price, limits, signal }),
    ...(definition.cacheable === false ? {} : { cache: { ...cacheUse, identity } }),
    ...(definition.prepare === undefined ? {} : { prepare: () => definition.prepare!() }),
    async attempt(attempt) {
      chunks?.restart()
      const push = (text: string): void => {
        // What comes after its attempt has timed out must not run into the next one's text.
        if (!attempt.signal.aborted) chunks?.push({ type: 'text', text })
      }
      const onText = chunks === undefined ? {} : { onText: push }
      const response = await definition.generate(prompt, { ...options, ...onText, signal: attempt.signal })
      return answerOf(response, definition)
    },
  }
}

function answerOf(response: ModelResponse, definition: ModelDefinition): CallAnswer<ModelResponse> {
  const costUsd = definition.costUsd?.(response)
  const { usage, model, requestId, text, object, toolCalls, finishReason, raw } = response
  const shown = withoutUndefined({
    text,
    finishReason,
    object,
    toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
  })
  return withoutUndefined({ result: response, model, usage, costUsd, requestId, shown, raw })
}

const cacheUse: Pick<CacheUse<ModelResponse>, 'store' | 'restore'> = {
  store: keptResponse,
  restore: (stored) => createModelResponse(stored as ModelResponseFields),
}

/** What was stopped by a content filter may pass the next time. */
function keptResponse(response: ModelResponse): ModelResponseFields | undefined {
  const { text, model, object, toolCalls, finishReason, usage, requestId } = response
  if (finishReason === 'content-filter' || finishReason === 'error') return undefined
  return withoutUndefined({ text, model, toolCalls, finishReason, usage, object, requestId })
}
