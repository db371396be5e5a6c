import type { Scorer } from '../../scoring/scorer.ts'
import { numericSimilarity } from '../numbers/numeric-diff.ts'
import { checkOptions, flag, optionsVersion, type ScorerOptions, word } from '../scorer-options.ts'
import { textSimilarity } from '../similarity/levenshtein.ts'
import { expectedMissing, unitScale } from '../text-scorer.ts'
import { jsonSimilarity, type JsonSimilarityRules } from './json-similarity.ts'

/** Options of {@link jsonDiff}. */
export interface JsonDiffOptions extends ScorerOptions {
  /** Compare a text that holds a JSON object or array as a text. Default false: it is parsed. */
  readonly preserveStrings?: boolean
  /** `autoevals`: values of different types are compared as JSON texts: `true` against `false` is 0.2. Default none. */
  readonly compat?: 'autoevals'
}

/**
 * How alike two JSON values are, part by part: the mean over the members that either object has (a missing one is like
 * `null`), or over the items of the longer array, by place; texts as `levenshtein` compares them, numbers as
 * `numericDiff`, `null` equals `null`; everything else is 1 where it is equal, else 0, so values of different types are
 * 0. Two empty objects, or arrays, score 1. A definition of autoevals, with types told apart.
 *
 * @param options `preserveStrings = false`, `compat` (none), `name = 'jsonDiff'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, and
 *   `EVALS_SCORER_FAILED` for texts that are too long, or values that are nested too deeply, to compare
 * @example
 * scorers: [jsonDiff()] // { a: 1, b: 'x' } against { a: 2, b: 'x' }: (2/3 + 1) / 2
 */
export function jsonDiff(options: JsonDiffOptions = {}): Scorer {
  checkOptions('jsonDiff', options, { preserveStrings: flag, compat: word('autoevals') })
  const { name = 'jsonDiff', preserveStrings = false, compat } = options
  const rules: JsonSimilarityRules = {
    preserveStrings,
    compareTexts: (a, b) => textSimilarity(a, b, { scorer: name, compat }),
    compareNumbers: numericSimilarity,
    othersAsTexts: compat === 'autoevals',
  }
  return {
    name,
    version: optionsVersion('jsonDiff', options),
    ...unitScale,
    needsExpected: true,
    async score({ output, expected }) {
      if (expected === undefined) throw expectedMissing(name)
      return { value: await jsonSimilarity(output, expected, rules) }
    },
  }
}
