import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, flag, optionsVersion, type ScorerOptions, word } from '../scorer-options.ts'
import { textScorer, toTexts, unitScale } from '../text-scorer.ts'
import { commonIndices, commonLength } from './longest-common-subsequence.ts'
import { countNgrams, ngramTotal } from './ngrams.ts'
import { porterStem } from './porter-stem.ts'
import { refuseLongTexts } from './refuse-long-texts.ts'
import { bestBy, countItems, countShared, mapSome, type Overlap, overlapOf } from './token-overlap.ts'

/** Options of {@link rouge}. */
export interface RougeOptions extends ScorerOptions {
  /**
   * `rouge1`, `rouge2`: shared words, pairs of words. `rougeL`: the longest common subsequence of words. `rougeLsum`: the
   * same line by line, for summaries with a sentence on each line. Default `rougeL`.
   */
  readonly type?: 'rouge1' | 'rouge2' | 'rougeL' | 'rougeLsum'
  /** Compare the stems of English words of more than three letters (Porter 1980). Default false. */
  readonly stem?: boolean
  /**
   * What is a word: `ascii` takes the letters a to z and digits, as the reference does, so that `Zürich` is `z`, `rich`
   * and a text of another script has no word at all; `unicode` takes all letters, marks and digits. Default `ascii`.
   */
  readonly words?: 'ascii' | 'unicode'
}

const mostPairs = 25_000_000

/**
 * ROUGE (Lin 2004): the F1 of what output and `expected` share, by the rules of the `rouge_score` package of Google
 * Research: lower case, words of the letters a to z and digits. Of several references the best counts; `metadata` has
 * `{ precision, recall, f1 }`. A text without words scores 0.
 *
 * Time grows with the length for `rouge1` and `rouge2`, with the product of the lengths for the others: above 25 million
 * pairs of words (5,000 against 5,000) it is the scorer's error.
 *
 * Output: numbers and booleans are judged as text, `null` and `undefined` score 0, an object is the scorer's error.
 *
 * @param options `type = 'rougeL'`, `stem = false`, `words = 'ascii'`, `name = 'rouge'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`, a text or an array of texts.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, `EVALS_SCORER_FAILED`
 * @example
 * scorers: [rouge({ type: 'rouge2', stem: true, name: 'rouge2' }), rouge({ stem: true, name: 'rougeL' })]
 */
export function rouge(options: RougeOptions = {}): Scorer {
  checkOptions('rouge', options, {
    type: word('rouge1', 'rouge2', 'rougeL', 'rougeLsum'),
    stem: flag,
    words: word('ascii', 'unicode'),
  })
  const { name = 'rouge', type = 'rougeL', stem = false, words = 'ascii' } = options
  const pattern = words === 'ascii' ? /[a-z0-9]+/g : /[\p{L}\p{M}\p{N}]+/gu
  const split = (text: string): string[] => {
    const found = text.toLowerCase().match(pattern) ?? []
    return stem ? found.map((token) => (token.length > 3 ? porterStem(token) : token)) : found
  }
  const lines = (text: string): string[][] => {
    return type === 'rougeLsum' ? text.split('\n').map(split) : [split(text)]
  }
  const compare = {
    rouge1: ngramOverlap(1),
    rouge2: ngramOverlap(2),
    rougeL: sequenceOverlap,
    rougeLsum: summaryOverlap,
  }

  function overlap(output: readonly string[][], reference: readonly string[][]): Overlap {
    const size = output.flat().length * reference.flat().length
    if (type === 'rougeL' || type === 'rougeLsum')
      refuseLongTexts(name, { size, most: mostPairs, unit: 'pairs of words' })
    return compare[type](output, reference)
  }

  return textScorer({
    name,
    version: optionsVersion('rouge', options),
    scale: unitScale,
    needsExpected: true,
    judge(output, expected) {
      const found = lines(output)
      const overlaps = mapSome(toTexts(name, expected), (text) => overlap(found, lines(text)))
      const best = bestBy(overlaps, ({ f1 }) => f1)
      return { value: best.f1, metadata: { ...best } }
    },
  })
}

type Lines = readonly (readonly string[])[]

function ngramOverlap(order: number): (output: Lines, reference: Lines) => Overlap {
  return ([output = []], [reference = []]) => {
    const shared = countShared(countNgrams(output, order, ' '), countNgrams(reference, order, ' '))
    return overlapOf(shared, ngramTotal(output, order), ngramTotal(reference, order))
  }
}

function sequenceOverlap([output = []]: Lines, [reference = []]: Lines): Overlap {
  return overlapOf(commonLength(reference, output), output.length, reference.length)
}

/** Of each line of the reference what it has in common with any line of the output; no word counts twice. */
function summaryOverlap(output: Lines, reference: Lines): Overlap {
  const inOutput = countItems(output.flat())
  const inReference = countItems(reference.flat())
  let shared = 0
  for (const line of reference) {
    const union = new Set(output.flatMap((other) => commonIndices(line, other)))
    for (const index of union) {
      const token = line[index]!
      const [found = 0, wanted = 0] = [inOutput.get(token), inReference.get(token)]
      if (found === 0 || wanted === 0) continue
      shared += 1
      inOutput.set(token, found - 1)
      inReference.set(token, wanted - 1)
    }
  }
  return overlapOf(shared, output.flat().length, reference.flat().length)
}
