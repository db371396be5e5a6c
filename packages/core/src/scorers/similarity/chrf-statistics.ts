import { countNgrams, ngramTotal } from './ngrams.ts'
import { splitWords } from './split-words.ts'
import { countShared } from './token-overlap.ts'

/** Which n-grams count, and how much recall weighs. */
export interface ChrfRules {
  readonly characterOrder: number
  readonly wordOrder: number
  readonly beta: number
  readonly whitespace: boolean
  readonly smoothing: 'effective' | 'epsilon'
}

/** The n-grams of a text, order by order: characters, then words. */
export type ChrfNgrams = readonly { readonly counts: ReadonlyMap<string, number>; readonly total: number }[]

/** The n-grams of a text. Without `whitespace` characters are counted as if words were not separated. */
export function chrfNgrams(text: string, { characterOrder, wordOrder, whitespace }: ChrfRules): ChrfNgrams {
  const characters = Array.from(whitespace ? text : splitWords(text).join(''))
  const words = separateEdgePunctuation(text)
  const count = (items: readonly string[], separator: string) => (_: unknown, index: number) => ({
    counts: countNgrams(items, index + 1, separator),
    total: ngramTotal(items, index + 1),
  })
  return [
    ...Array.from({ length: characterOrder }, count(characters, '')),
    ...Array.from({ length: wordOrder }, count(words, ' ')),
  ]
}

/** For each order: n-grams of the output, of the reference, and in both. */
export function chrfCounts(output: ChrfNgrams, reference: ChrfNgrams): number[] {
  return output.flatMap(({ counts, total }, order) => {
    const other = reference[order]
    if (other === undefined || other.total === 0) return [0, 0, 0]
    return [total, other.total, countShared(counts, other.counts)]
  })
}

const epsilon = 1e-16

/**
 * chrF = 100 · (1 + β²)·P·R / (β²·P + R) with P and R averaged over the orders of which both texts have n-grams
 * (Popović 2015); with smoothing `epsilon` the mean of the F of all orders, as chrF++.py computes it.
 */
export function chrfOf(counts: readonly number[], { beta, smoothing }: ChrfRules): number {
  const orders = Array.from({ length: counts.length / 3 }, (_, order) => {
    const [found = 0, wanted = 0, shared = 0] = counts.slice(3 * order, 3 * order + 3)
    return { found, wanted, precision: found > 0 ? shared / found : 0, recall: wanted > 0 ? shared / wanted : 0 }
  })
  if (smoothing === 'epsilon') {
    const scores = orders.map(({ found, wanted, precision, recall }) => {
      return fBeta(found > 0 ? precision : epsilon, wanted > 0 ? recall : epsilon, beta) ?? epsilon
    })
    return 100 * mean(scores)
  }
  const effective = orders.filter(({ found, wanted }) => found > 0 && wanted > 0)
  if (effective.length === 0) return 0
  const precision = mean(effective.map((order) => order.precision))
  const recall = mean(effective.map((order) => order.recall))
  return 100 * (fBeta(precision, recall, beta) ?? 0)
}

function fBeta(precision: number, recall: number, beta: number): number | undefined {
  const denominator = beta ** 2 * precision + recall
  return denominator > 0 ? ((1 + beta ** 2) * precision * recall) / denominator : undefined
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

const punctuation = /^[!-/:-@[-`{-~]$/

/** One punctuation mark at the end of a word, else one at its start, becomes a word of its own (chrF++.py). */
function separateEdgePunctuation(text: string): string[] {
  return splitWords(text).flatMap((written) => {
    const characters = Array.from(written)
    if (characters.length === 1) return [written]
    const first = characters[0]!
    const last = characters.at(-1)!
    if (punctuation.test(last)) return [written.slice(0, -1), last]
    return punctuation.test(first) ? [first, written.slice(1)] : [written]
  })
}
