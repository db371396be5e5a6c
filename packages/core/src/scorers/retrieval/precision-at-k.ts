import type { Scorer } from '../../scoring/scorer.ts'
import { countRelevant, cutOffScorer, type CutOffOptions } from './ranking.ts'

/**
 * Precision at k: the relevant documents among the first k, divided by k, or by the length of the list without `k`. A
 * list shorter than k is not excused: its empty places are not relevant. Nothing retrieved scores 0.
 *
 * @param options `k` (all), `retrieved` (the output), `name = 'precisionAtK'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`: relevant ids, or an object id → relevance.
 *   A sample of which nothing is relevant is not scored (`null`).
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [precisionAtK({ k: 5 })]
 */
export function precisionAtK(options: CutOffOptions = {}): Scorer {
  return cutOffScorer('precisionAtK', options, ({ first, retrieved, relevance, k }) => {
    const found = countRelevant(first, relevance)
    const places = k === Infinity ? retrieved.length : k
    return { value: places === 0 ? 0 : found / places, explanation: `${found} of ${places} are relevant` }
  })
}
