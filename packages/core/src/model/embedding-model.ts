import type { Usage } from './language-model.ts'

/** Settings of one call of {@link EmbeddingModel.embed}. */
export interface EmbedOptions {
  /** Numbers in each vector, where the model can shorten them. Default: the model's own. */
  readonly dimensions?: number
  readonly signal?: AbortSignal
}

/** Vectors in the order of their texts, and what they cost. */
export interface Embeddings {
  readonly vectors: readonly (readonly number[])[]
  readonly usage: Usage
  /** `provider:modelId`, as the provider names the model that answered. */
  readonly model: string
  readonly requestId?: string
}

/** Turns texts into vectors; its calls are limited, retried, cached and recorded like those of a language model. */
export interface EmbeddingModel {
  readonly provider: string
  readonly modelId: string
  /**
   * One call for all texts, of which vendors take about 2,000.
   * @throws EvalsError (`ModelCallError` of the last attempt)
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Embeddings>
}
