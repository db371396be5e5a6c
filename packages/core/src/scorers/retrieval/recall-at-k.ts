import type { Scorer } from '../../scoring/scorer.ts'
import { countRelevant, cutOffScorer, type CutOffOptions } from './ranking.ts'

/**
 * Recall at k: the share of all relevant documents that is among the first k, or in the whole list without `k`.
 *
 * @param options `k` (all), `retrieved` (the output), `name = 'recallAtK'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`: relevant ids, or an object id → relevance.
 *   A sample of which nothing is relevant is not scored (`null`).
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [recallAtK({ k: 10, retrieved: ({ metadata }) => metadata['ids'] as string[] })]
 */
export function recallAtK(options: CutOffOptions = {}): Scorer {
  return cutOffScorer('recallAtK', options, ({ first, relevance }) => {
    const found = countRelevant(first, relevance)
    return { value: found / relevance.size, explanation: `${found} of ${relevance.size} relevant ones are found` }
  })
}
