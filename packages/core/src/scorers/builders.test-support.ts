import type { Scorer } from '../scoring/scorer.ts'
import * as scorers from '../scorers.ts'
import { scriptedModel } from './judge/scripted-model.test-support.ts'

const parts = [scorers.exactMatch()]
const model = scriptedModel([])
const embeddings = { provider: 'fake', modelId: 'e', embed: async () => ({ vectors: [], usage: {}, model: 'fake:e' }) }
/** Makes a scorer with what it needs and the options. */
export type Builder = (options: object) => Scorer

/** Every scorer that ships, by its name. */
export const builders: Readonly<Record<string, Builder>> = {
  ...(scorers as object),
  answerRelevance: (options) => scorers.answerRelevance({ model, ...options }),
  closedQa: (options) => scorers.closedQa({ model, criterion: 'x', ...options }),
  coherence: (options) => scorers.coherence({ model, ...options }),
  contextPrecision: (options) => scorers.contextPrecision({ model, ...options }),
  contextRecall: (options) => scorers.contextRecall({ model, ...options }),
  embeddingSimilarity: (options) => scorers.embeddingSimilarity({ model: embeddings, ...options }),
  factuality: (options) => scorers.factuality({ model, ...options }),
  faithfulness: (options) => scorers.faithfulness({ model, ...options }),
  judge: (options) => scorers.judge({ model, rubric: 'x', ...options }),
  moderation: (options) => scorers.moderation({ model, ...options }),
  pairwise: (options) => scorers.pairwise({ model, ...options }),
  panel: (options) =>
    scorers.panel((one) => scorers.moderation({ model: one }), { models: { a: model, b: model }, ...options }),
  relevance: (options) => scorers.relevance({ model, ...options }),
  matches: (options) => scorers.matches(/x/, options),
  classification: (options) => scorers.classification({ labels: ['a', 'b'], ...options }),
  all: (options) => scorers.all(parts, options),
  any: (options) => scorers.any(parts, options),
  not: (options) => scorers.not(parts[0]!, options),
  map: (options) => scorers.map(parts[0]!, options),
  weighted: (options) => scorers.weighted([[parts[0]!, 1]], options),
}

/** The options besides `name` that a scorer says it has. */
export function optionsOf(build: Builder): string[] {
  try {
    build({ nonsense: true })
  } catch (error) {
    const { known } = (error as { readonly details: { readonly known: readonly string[] } }).details
    return known.filter((option) => option !== 'name')
  }
  return []
}
