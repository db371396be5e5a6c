import type { Scorer } from '../../scoring/scorer.ts'
import { errorRateScorer, type ErrorRateOptions } from './error-rate.ts'
import { splitWords } from './split-words.ts'

/**
 * WER = (substitutions + deletions + insertions) / words of `expected`: the least edits of words that make `expected` of
 * the output (Levenshtein 1966), words being what white space separates. 0 is equal, more than 1 possible. Against an
 * `expected` without words an output without words scores 0, any other is not scored (`null`), since no rate is defined.
 *
 * The metric `corpus` is the edits of all outputs by the words of all expected texts, the usual figure for speech;
 * `metadata.counts` is `[edits, words]`. Above 4·10⁹ pairs of words it is the scorer's error.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` as `''`, an object is the scorer's error.
 *
 * @param options `ignoreCase = false`, `ignorePunctuation = false`, `name = 'wordErrorRate'`
 * @returns A graded scorer, range [0, ∞), lower is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [wordErrorRate({ ignoreCase: true, ignorePunctuation: true })]
 */
export function wordErrorRate(options: ErrorRateOptions = {}): Scorer {
  return errorRateScorer({ factory: 'wordErrorRate', unit: 'words', split: splitWords }, options)
}
