import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, flag, optionsVersion, type ScorerOptions, word } from '../scorer-options.ts'
import { textScorer, toText, unitScale } from '../text-scorer.ts'
import { foldCase } from '../text/fold-case.ts'
import { countEdits } from './edit-distance.ts'

/** Options of {@link levenshtein}. */
export interface LevenshteinOptions extends ScorerOptions {
  /** Compare without differences of case (lengths are those of the folded texts: `ß` counts as `SS`). Default false. */
  readonly ignoreCase?: boolean
  /** `autoevals`: count UTF-16 units, so that an emoji is two characters. Default none. */
  readonly compat?: 'autoevals'
}

/**
 * How alike output and `expected` are: `1 - distance / max(length of output, length of expected)`, where the distance
 * is the least number of insertions, deletions and substitutions of Unicode code points (Levenshtein 1966), and lengths
 * count code points; an emoji is one. Two empty texts score 1. The explanation holds distance and length. Time grows
 * with the product of the lengths of what lies between equal starts and ends; above 4·10⁹ (63,000 characters against
 * 63,000) it is the scorer's error.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` score 0, an object is the scorer's error.
 *
 * @param options `ignoreCase = false`, `compat` (none), `name = 'levenshtein'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [levenshtein()] // 'kitten' against 'sitting': 1 - 3/7
 */
export function levenshtein(options: LevenshteinOptions = {}): Scorer {
  checkOptions('levenshtein', options, { ignoreCase: flag, compat: word('autoevals') })
  const { name = 'levenshtein', ignoreCase = false, compat } = options
  const prepare = ignoreCase ? foldCase : (text: string) => text
  return textScorer({
    name,
    version: optionsVersion('levenshtein', options),
    scale: unitScale,
    needsExpected: true,
    judge(output, expected) {
      const [a, b] = [prepare(output), prepare(toText(name, 'expected', expected))]
      const { edits, length } = compare(a, b, { scorer: name, compat })
      return { value: length === 0 ? 1 : 1 - edits / length, explanation: `distance ${edits}, length ${length}` }
    },
  })
}

/** Who asks, for errors, and whether UTF-16 units count. */
interface TextSimilarityRules {
  readonly scorer: string
  readonly compat?: 'autoevals' | undefined
}

/** `1 - distance / length of the longer`, 1 for two empty texts. */
export function textSimilarity(a: string, b: string, rules: TextSimilarityRules): number {
  const { edits, length } = compare(a, b, rules)
  return length === 0 ? 1 : 1 - edits / length
}

function compare(a: string, b: string, { scorer, compat }: TextSimilarityRules): { edits: number; length: number } {
  const [left, right] = compat === 'autoevals' ? [a.split(''), b.split('')] : [a, b]
  const { edits, outputLength, expectedLength } = countEdits(scorer, left, right)
  return { edits, length: Math.max(outputLength, expectedLength) }
}
