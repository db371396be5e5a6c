import { cosineOf } from '../similarity/embedding-similarity.ts'
import { expectedMissing } from '../text-scorer.ts'
import { type ModelArguments, setting, signalOf } from './ask-model.ts'
import { type Score, type ScorerWithPartial, withPartial } from './partial.ts'

/** Arguments of {@link EmbeddingSimilarity} besides output and expected. */
export interface SimilarityArguments extends ModelArguments {
  /** The cosine that counts as 0. Default 0.7; 0 for `AnswerSimilarity`. */
  readonly expectedMin?: number
}

type Similarity = ScorerWithPartial<string, SimilarityArguments, Promise<Score>>

function similarity(name: string, defaultMin: number): Similarity {
  return withPartial(name, async ({ output, expected, expectedMin = defaultMin, ...given }) => {
    if (expected === undefined) throw expectedMissing(name)
    const model = setting(name, 'embeddingModel', given)
    const { vectors } = await model.embed([output, expected], { signal: signalOf(given) })
    const cosine = cosineOf(vectors[0]!, vectors[1]!)
    return { name, score: Math.min(1, Math.max(0, (cosine - expectedMin) / (1 - expectedMin))) }
  })
}

/** The cosine of the texts' embeddings, from `expectedMin` (0.7) as 0 to 1. */
export const EmbeddingSimilarity: Similarity = similarity('EmbeddingSimilarity', 0.7)

/** The cosine of the texts' embeddings, at least 0. */
export const AnswerSimilarity: Similarity = similarity('AnswerSimilarity', 0)
