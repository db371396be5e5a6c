import { systemClock, type Clock } from '../clock.ts'
import { toStoredError } from '../record/stored-error.ts'
import { currentSampleScope } from '../sample/sample-scope.ts'
import type { GenerateOptions, LanguageModel, ModelChunk, ModelResponse, Prompt } from './language-model.ts'

/** What a provider writes: the bare call to its model. */
export interface ModelDefinition {
  /** For example `openai`. */
  readonly provider: string
  /** For example `gpt-5-mini`. */
  readonly modelId: string
  /** One call; must obey `options.signal`. */
  generate(prompt: Prompt, options: GenerateOptions): Promise<ModelResponse>
  /** Cost of an answer in US dollars; `undefined` where the price is unknown. Default: unknown. */
  costUsd?(response: ModelResponse): number | undefined
  readonly clock?: Clock
}

/** Makes a {@link LanguageModel} whose calls are measured and counted for the sample that makes them. */
export function defineModel(definition: ModelDefinition): LanguageModel {
  const { provider, modelId, clock = systemClock } = definition

  async function generate(prompt: Prompt, options: GenerateOptions = {}): Promise<ModelResponse> {
    const scope = currentSampleScope()
    if (scope === undefined) return definition.generate(prompt, options)
    const { purpose } = scope
    if (purpose === 'score') await scope.beforeScoreCall()
    const own = scope.aborts.signal
    const signal = options.signal === undefined ? own : AbortSignal.any([own, options.signal])
    signal.throwIfAborted()
    const started = clock.now()
    const call = { model: `${provider}:${modelId}`, purpose, queuedMs: 0, retries: 0, cached: false }
    try {
      const response = await definition.generate(prompt, { ...options, signal })
      const durationMs = Math.round(clock.now() - started)
      const cost = definition.costUsd?.(response)
      const costUsd = cost === undefined ? {} : { costUsd: cost }
      const requestId = response.requestId === undefined ? {} : { requestId: response.requestId }
      scope.addCall({ ...call, model: response.model, durationMs, usage: response.usage, ...costUsd, ...requestId })
      return response
    } catch (error) {
      const durationMs = Math.round(clock.now() - started)
      scope.addCall({ ...call, durationMs, usage: {}, error: toStoredError(error) })
      throw error
    }
  }

  async function* stream(prompt: Prompt, options?: GenerateOptions): AsyncIterable<ModelChunk> {
    const response = await generate(prompt, options)
    if (response.text !== '') yield { type: 'text', text: response.text }
    yield { type: 'response', response }
  }

  return { provider, modelId, generate, stream }
}
