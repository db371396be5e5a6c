import { distance } from 'fastest-levenshtein'
import type { Scorer } from '../scoring/scorer.ts'
import { foldCase } from './fold-case.ts'
import { checkOptions, flag, type ScorerOptions } from './scorer-options.ts'
import { textScorer, toText, unusable } from './text-scorer.ts'

/** Options of {@link levenshtein}. */
export interface LevenshteinOptions extends ScorerOptions {
  /** Compare without differences of case (lengths are those of the folded texts: `ß` counts as `SS`). Default false. */
  readonly ignoreCase?: boolean
}

/**
 * How alike output and `expected` are: `1 - distance / max(length of output, length of expected)`, where the distance
 * is the least number of insertions, deletions and substitutions of Unicode code points (Levenshtein 1966), and lengths
 * count code points; an emoji is one. Two empty texts score 1. The explanation holds distance and length. Time grows
 * with the product of the lengths.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` score 0, an object is the scorer's error.
 *
 * @param options `ignoreCase = false`, `name = 'levenshtein'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [levenshtein()] // 'kitten' against 'sitting': 1 - 3/7
 */
export function levenshtein(options: LevenshteinOptions = {}): Scorer {
  checkOptions('levenshtein', options, { ignoreCase: flag })
  const { name = 'levenshtein', ignoreCase = false } = options
  const prepare = ignoreCase ? foldCase : (text: string) => text
  return textScorer({
    name,
    scale: { kind: 'graded', range: [0, 1], direction: 'higher' },
    needsExpected: true,
    judge(output, expected) {
      const [a, b] = oneUnitEach(name, prepare(output), prepare(toText(name, 'expected', expected)))
      const length = Math.max(a.length, b.length)
      const edits = distance(a, b)
      return { value: length === 0 ? 1 : 1 - edits / length, explanation: `distance ${edits}, length ${length}` }
    },
  })
}

const astral = /[\u{10000}-\u{10FFFF}]/u

/** Both texts with every code point as one UTF-16 unit, which is what the library counts. */
function oneUnitEach(scorer: string, a: string, b: string): [string, string] {
  if (!astral.test(a) && !astral.test(b)) return [a, b]
  const units = new Map<string, string>()
  const rewrite = (text: string): string => {
    let rewritten = ''
    for (const character of text) {
      let unit = units.get(character)
      if (unit === undefined) units.set(character, (unit = String.fromCharCode(units.size)))
      rewritten += unit
    }
    return rewritten
  }
  const rewritten: [string, string] = [rewrite(a), rewrite(b)]
  if (units.size > 0x10000) throw unusable(scorer, 'the two texts have more than 65,536 different characters')
  return rewritten
}
