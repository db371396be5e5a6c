import type { Scorer } from '../../scoring/scorer.ts'
import { callback, checkOptions, optionsVersion, positiveInteger, word } from '../scorer-options.ts'
import { type CutOffOptions, rankingScorer } from './ranking.ts'

/** Options of {@link ndcg}. */
export interface NdcgOptions extends CutOffOptions {
  /** What a document of relevance r is worth: `linear` r, `exponential` 2^r - 1 (Burges et al. 2005). Default `linear`. */
  readonly gain?: 'linear' | 'exponential'
}

/**
 * Normalised discounted cumulative gain: `DCG = Σ gain(i) / log₂(i + 1)` over the places i = 1, 2 … up to k, divided by
 * the DCG of the best possible order of all relevant documents (Järvelin and Kekäläinen 2002).
 *
 * @param options `k` (all), `gain = 'linear'`, `retrieved` (the output), `name = 'ndcg'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`: an object id → relevance of at least 0, or
 *   an array of relevant ids, each of relevance 1. A sample of which nothing is relevant is not scored (`null`).
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * // row: { query: 'refund', expected: { 'doc-7': 3, 'doc-2': 1 } }
 * scorers: [ndcg({ k: 10 })]
 */
export function ndcg(options: NdcgOptions = {}): Scorer {
  checkOptions('ndcg', options, { k: positiveInteger, retrieved: callback, gain: word('linear', 'exponential') })
  const { name = 'ndcg', k = Infinity, gain = 'linear' } = options
  const gainOf = (relevance: number): number => (gain === 'linear' ? relevance : 2 ** relevance - 1)
  const dcg = (relevances: readonly number[]): number => {
    return relevances.slice(0, k).reduce((sum, relevance, index) => sum + gainOf(relevance) / Math.log2(index + 2), 0)
  }
  return rankingScorer({
    name,
    version: optionsVersion('ndcg', options),
    options,
    judge({ retrieved, relevance }) {
      const found = dcg(retrieved.map((id) => relevance.get(id) ?? 0))
      const best = dcg([...relevance.values()].toSorted((a, b) => b - a))
      // The same sum in another order can be a little more than the best one.
      return { value: Math.min(1, found / best) }
    },
  })
}
