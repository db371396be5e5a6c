import type { Scorer } from '../../scoring/scorer.ts'
import { affixScorer } from './affix.ts'
import type { TextOptions } from './prepare-text.ts'

/**
 * 1 when the output starts with `expected` (a text, or one of several), else 0; the explanation shows how it starts. An
 * expected text of which the options leave nothing is the scorer's error, because every output starts with it.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` score 0, an object is the scorer's error.
 *
 * @param options `trim = false`, `trimPunctuation = false`, `ignoreCase = false`, `normalize` (none),
 *   `name = 'startsWith'`
 * @returns A binary scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [startsWith({ trimPunctuation: true, ignoreCase: true })]
 */
export function startsWith(options: TextOptions = {}): Scorer {
  return affixScorer('startsWith', options)
}
