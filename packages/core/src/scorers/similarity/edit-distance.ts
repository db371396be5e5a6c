import { distance } from 'fastest-levenshtein'
import { unusable } from '../text-scorer.ts'
import { refuseLongTexts } from './refuse-long-texts.ts'

/** The product of two lengths that is compared in about a second: 63,000 against 63,000, or a million against 4,000. */
const mostPairs = 4e9

/** An edit distance with the lengths of what was compared. */
export interface Edits {
  readonly edits: number
  readonly outputLength: number
  readonly expectedLength: number
}

/**
 * The least number of insertions, deletions and substitutions of items (Levenshtein 1966). Texts are compared by Unicode
 * code point, arrays by their items.
 *
 * @throws EvalsError `EVALS_SCORER_FAILED` for lengths whose product is more than 4·10⁹, equal starts and ends not
 *   counted, or more than 65,536 different items
 */
export function countEdits(
  scorer: string,
  output: string | readonly string[],
  expected: string | readonly string[],
): Edits {
  const [a, b] = oneUnitEach(scorer, output, expected)
  const [restA, restB] = withoutSharedEnds(a, b)
  refuseLongTexts(scorer, { size: restA.length * restB.length, most: mostPairs, unit: 'pairs to look at' })
  return { edits: distance(restA, restB), outputLength: a.length, expectedLength: b.length }
}

const astral = /[\u{10000}-\u{10FFFF}]/u

/** Both with every item as one UTF-16 unit, which is what the library counts. */
function oneUnitEach(scorer: string, a: string | readonly string[], b: string | readonly string[]): [string, string] {
  if (typeof a === 'string' && typeof b === 'string' && !astral.test(a) && !astral.test(b)) return [a, b]
  const units = new Map<string, string>()
  const rewrite = (items: Iterable<string>): string => {
    let rewritten = ''
    for (const item of items) {
      let unit = units.get(item)
      if (unit === undefined) units.set(item, (unit = String.fromCharCode(units.size)))
      rewritten += unit
    }
    return rewritten
  }
  const rewritten: [string, string] = [rewrite(a), rewrite(b)]
  if (units.size > 0x10000) {
    const what = typeof a === 'string' ? 'characters' : 'words'
    throw unusable(scorer, `the two texts have more than 65,536 different ${what}`)
  }
  return rewritten
}

function withoutSharedEnds(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++
  let end = 0
  while (end < shorter - start && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)]
}
