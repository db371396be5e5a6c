import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, optionsVersion } from '../scorer-options.ts'
import { binaryScale, expectedMissing, quote, unusable } from '../text-scorer.ts'
import { isSame } from './exact-match.ts'
import { prepareText, textRules, type TextOptions } from './prepare-text.ts'

/** Options of {@link oneOf}. */
export interface OneOfOptions extends TextOptions {
  /** What the output may be. Default: the row's `expected`. */
  readonly values?: readonly unknown[]
}

/**
 * 1 when the output equals one of several values, else 0; equal is what `exactMatch` says. The values are the row's
 * `expected` (an array, or a single one), or the option `values`, which asks whether an answer is among those allowed
 * and not whether it is right. No value at all is the scorer's error.
 *
 * @param options `values` (the row's `expected`), `trim = false`, `trimPunctuation = false`, `ignoreCase = false`,
 *   `normalize` (none), `name = 'oneOf'`
 * @returns A binary scorer, range [0, 1], higher is better; needs `expected` when it has no `values`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * // row: { question: 'Capital of Bolivia?', expected: ['Sucre', 'La Paz'] }
 * scorers: [oneOf({ trimPunctuation: true })]
 */
export function oneOf(options: OneOfOptions = {}): Scorer {
  checkOptions('oneOf', options, {
    ...textRules,
    values: { expected: 'a non-empty array', accepts: (value) => Array.isArray(value) && value.length > 0 },
  })
  const { name = 'oneOf', values } = options
  return {
    name,
    version: optionsVersion('oneOf', options),
    ...binaryScale,
    needsExpected: values === undefined,
    score({ output, expected }) {
      const allowed: unknown = values ?? expected
      if (allowed === undefined) throw expectedMissing(name)
      const list: readonly unknown[] = Array.isArray(allowed) ? allowed : [allowed]
      if (list.length === 0) throw unusable(name, 'expected is an empty array; give the row what the output may be')
      if (list.some((value) => isSame(output, value, options))) return { value: 1 }
      const text = typeof output === 'string' ? quote(prepareText(output, options)) : `a ${typeof output}`
      return { value: 0, explanation: `${text} is none of the ${list.length} values` }
    },
  }
}
