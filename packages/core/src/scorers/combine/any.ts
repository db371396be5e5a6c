import type { Scorer } from '../../scoring/scorer.ts'
import type { ScorerOptions } from '../scorer-options.ts'
import { extremeScorer } from './extreme.ts'
import type { ScorerPart } from './parts.ts'

/**
 * 1 when some part is right, else 0; of graded parts the greatest value: the best part decides. Each part counts
 * from 0, the worst value of its declared range, to 1, the best one. Not scored (`null`) when a part is not; a part that
 * fails fails it. `metadata` has the values of the parts.
 *
 * @param scorers Scorers or functions, with different names, each with a range that has two ends.
 * @param options `name = 'any'`
 * @returns A scorer, range [0, 1], higher is better; binary if all parts are; needs `expected` if a part does.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws what the parts throw
 * @example
 * scorers: [any([includes(), matches(/\.$/)])]
 */
export function any(scorers: readonly ScorerPart[], options: ScorerOptions = {}): Scorer {
  return extremeScorer('any', scorers, options)
}
