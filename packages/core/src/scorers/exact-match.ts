import { isDeepStrictEqual } from 'node:util'
import type { Scorer } from '../scoring/scorer.ts'
import { foldCase } from './fold-case.ts'
import { checkOptions, flag, oneOf, type ScorerOptions } from './scorer-options.ts'
import { binaryScale, expectedMissing, typeName } from './text-scorer.ts'

/** Options of {@link exactMatch}. */
export interface ExactMatchOptions extends ScorerOptions {
  /** Ignore white space at both ends. Default false. */
  readonly trim?: boolean
  /** `Paris` = `PARIS`, `Straße` = `STRASSE`. Default false. */
  readonly ignoreCase?: boolean
  /** Unicode normalisation form of both texts. Default none: `é` as one or as two code points differ. */
  readonly normalize?: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'
}

/**
 * 1 when the output equals `expected`, else 0.
 *
 * Two strings are compared after the options. Any other two values are equal by `===` or by `isDeepStrictEqual` of
 * `node:util` (objects, arrays, dates, maps …); the options do not reach into them. Nothing is converted: the text
 * `"42"` is not the number 42, and the explanation then names both types.
 *
 * @param options `trim = false`, `ignoreCase = false`, `normalize` (none), `name = 'exactMatch'`
 * @returns A binary scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`
 * @example
 * scorers: [exactMatch({ trim: true, ignoreCase: true })]
 */
export function exactMatch(options: ExactMatchOptions = {}): Scorer {
  checkOptions('exactMatch', options, {
    trim: flag,
    ignoreCase: flag,
    normalize: oneOf('NFC', 'NFD', 'NFKC', 'NFKD'),
  })
  const { name = 'exactMatch' } = options
  return {
    name,
    ...binaryScale,
    needsExpected: true,
    score({ output, expected }) {
      if (expected === undefined) throw expectedMissing(name)
      if (typeof output === 'string' && typeof expected === 'string') {
        return { value: prepare(output, options) === prepare(expected, options) ? 1 : 0 }
      }
      if (output === expected || isDeepStrictEqual(output, expected)) return { value: 1 }
      const types = { output: typeName(output), expected: typeName(expected) }
      if (types.output === types.expected) return { value: 0 }
      return { value: 0, explanation: `the output is ${types.output}, expected is ${types.expected}` }
    },
  }
}

function prepare(text: string, { trim = false, ignoreCase = false, normalize }: ExactMatchOptions): string {
  let prepared = normalize === undefined ? text : text.normalize(normalize)
  if (ignoreCase) {
    prepared = foldCase(prepared)
    // Folding can leave the normal form: the folded parts of a character need not be composed.
    if (normalize !== undefined) prepared = prepared.normalize(normalize)
  }
  return trim ? prepared.trim() : prepared
}
