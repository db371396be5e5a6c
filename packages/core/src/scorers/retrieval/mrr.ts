import type { Scorer } from '../../scoring/scorer.ts'
import { cutOffScorer, type CutOffOptions } from './ranking.ts'

/**
 * Reciprocal rank: 1 / the place of the first relevant document, 0 if there is none among the first k. The mean over the
 * samples is the mean reciprocal rank (Voorhees 1999).
 *
 * @param options `k` (all), `retrieved` (the output), `name = 'mrr'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`: relevant ids, or an object id → relevance.
 *   A sample of which nothing is relevant is not scored (`null`).
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [mrr({ k: 10 })]
 */
export function mrr(options: CutOffOptions = {}): Scorer {
  return cutOffScorer('mrr', options, ({ first, relevance }) => {
    const index = first.findIndex((id) => relevance.has(id))
    if (index < 0) return { value: 0, explanation: 'no relevant one is found' }
    return { value: 1 / (index + 1), explanation: `the first relevant one is at place ${index + 1}` }
  })
}
