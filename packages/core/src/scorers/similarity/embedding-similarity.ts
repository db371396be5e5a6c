import type { EmbeddingModel } from '../../model/embedding-model.ts'
import type { ScoreDetails, Scorer } from '../../scoring/scorer.ts'
import {
  checkOptions,
  invalidOption,
  type OptionRule,
  optionsVersion,
  positiveInteger,
  type ScorerOptions,
} from '../scorer-options.ts'
import { isJsonObject } from '../structure/read-json.ts'
import { expectedMissing, toText, toTexts, unitScale, unusable } from '../text-scorer.ts'

/** Options of {@link embeddingSimilarity}. */
export interface EmbeddingSimilarityOptions extends ScorerOptions {
  /** The model whose embeddings are compared. */
  readonly model: EmbeddingModel
  /** The cosine that counts as 0, since texts that have nothing in common seldom reach 0. Default 0. */
  readonly floor?: number
  /** Numbers in each vector. Default: the model's own. */
  readonly dimensions?: number
}

const modelRule: OptionRule = {
  expected: 'a model of embeddings',
  accepts: (value) => isJsonObject(value) && typeof value['embed'] === 'function',
}

const floorRule: OptionRule = {
  expected: 'a number from -1 to below 1',
  accepts: (value) => Number.isFinite(value) && Number(value) >= -1 && Number(value) < 1,
}

/**
 * How near the output is to `expected` in meaning, the best of several: the cosine of their embeddings, so that `floor`
 * is 0 and 1 is 1: max(0, (cosine − floor) / (1 − floor)). An empty output is no answer and scores 0 without a call (1
 * where an expected text is empty too). `metadata` has `{ model, cosine }`.
 *
 * @param options `model`, `floor = 0`, `dimensions`, `name = 'embeddingSimilarity'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, and
 *   `EVALS_SCORER_FAILED` for what is no text, for vectors without direction, and for a call that failed
 * @example
 * scorers: [embeddingSimilarity({ model: openai.embeddings('text-embedding-3-small'), floor: 0.2 })]
 */
export function embeddingSimilarity(options: EmbeddingSimilarityOptions): Scorer {
  checkOptions('embeddingSimilarity', options, { model: modelRule, floor: floorRule, dimensions: positiveInteger })
  const { name = 'embeddingSimilarity', model, floor = 0, dimensions } = options
  if (model === undefined)
    throw invalidOption('embeddingSimilarity', `option "model" must be ${modelRule.expected}`, {})
  return {
    name,
    ...unitScale,
    needsExpected: true,
    get version() {
      return optionsVersion('embeddingSimilarity', { ...options, model: [model.provider, model.modelId] })
    },
    async score({ output, expected, signal }): Promise<ScoreDetails> {
      if (expected === undefined || expected === null) throw expectedMissing(name)
      const text = output === undefined || output === null ? '' : toText(name, 'output', output)
      const others = toTexts(name, expected)
      const filled = others.filter((other) => other.trim() !== '')
      if (text.trim() === '' || filled.length === 0) {
        return { value: text.trim() === '' && filled.length < others.length ? 1 : 0, explanation: 'an empty text' }
      }
      const settings = { signal, ...(dimensions === undefined ? {} : { dimensions }) }
      const { vectors, model: answered } = await embed([text, ...filled], settings)
      const [own, ...rest] = vectors
      const cosine = Math.max(...rest.map((vector) => cosineOf(own!, vector)))
      if (!Number.isFinite(cosine)) throw unusable(name, `${answered} gave a vector without direction`)
      return {
        value: Math.min(1, Math.max(0, (cosine - floor) / (1 - floor))),
        metadata: { model: answered, cosine },
      }
    },
  }

  async function embed(texts: readonly string[], settings: Parameters<EmbeddingModel['embed']>[1]) {
    try {
      return await model.embed(texts, settings)
    } catch (error) {
      const told = error instanceof Error ? error.message : String(error)
      throw unusable(name, `no embeddings: ${told}`, { cause: error })
    }
  }
}

/** The cosine of the angle between two vectors; NaN for vectors of different lengths or of length 0. */
export function cosineOf(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.NaN
  const dot = a.reduce((sum, value, index) => sum + value * b[index]!, 0)
  return dot / Math.sqrt(squareOf(a) * squareOf(b))
}

function squareOf(vector: readonly number[]): number {
  return vector.reduce((sum, value) => sum + value * value, 0)
}
