import type { Scorer } from '../../scoring/scorer.ts'
import { errorRateScorer, type ErrorRateOptions } from './error-rate.ts'

/**
 * CER = (substitutions + deletions + insertions) / characters of `expected`: as `wordErrorRate`, by Unicode code point,
 * white space included. 0 is equal, more than 1 possible. Against an empty `expected` an empty output scores 0, any
 * other is not scored (`null`).
 *
 * The metric `corpus` is the edits of all outputs by the characters of all expected texts; `metadata.counts` is
 * `[edits, characters]`. Above 4·10⁹ pairs of characters between equal starts and ends it is the scorer's error.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` as `''`, an object is the scorer's error.
 *
 * @param options `ignoreCase = false`, `ignorePunctuation = false`, `name = 'characterErrorRate'`
 * @returns A graded scorer, range [0, ∞), lower is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [characterErrorRate()] // 'abd' against 'abc': 1/3
 */
export function characterErrorRate(options: ErrorRateOptions = {}): Scorer {
  return errorRateScorer({ factory: 'characterErrorRate', unit: 'characters', split: (text) => text }, options)
}
