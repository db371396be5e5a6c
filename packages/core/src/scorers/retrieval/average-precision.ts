import type { Scorer } from '../../scoring/scorer.ts'
import { cutOffScorer, type CutOffOptions } from './ranking.ts'

/**
 * Average precision: `Σ precision at i / R` over the places i that hold a relevant document, R being the number of all
 * relevant ones (Manning, Raghavan, Schütze 2008, §8.4). The mean over the samples is MAP.
 *
 * @param options `k` (all), `retrieved` (the output), `name = 'averagePrecision'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`: relevant ids, or an object id → relevance.
 *   A sample of which nothing is relevant is not scored (`null`).
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [averagePrecision()]
 */
export function averagePrecision(options: CutOffOptions = {}): Scorer {
  return cutOffScorer('averagePrecision', options, ({ first, relevance }) => {
    let found = 0
    let sum = 0
    for (const [index, id] of first.entries()) {
      if (relevance.has(id)) sum += ++found / (index + 1)
    }
    return { value: sum / relevance.size }
  })
}
