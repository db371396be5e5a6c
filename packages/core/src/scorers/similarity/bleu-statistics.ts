import { countNgrams, ngramTotal } from './ngrams.ts'
import { countShared } from './token-overlap.ts'

/** What BLEU is computed from; the statistics of a corpus are the sums of those of its sentences. */
export interface BleuStatistics {
  readonly outputLength: number
  /** Of the reference closest in length, the shorter of two. */
  readonly referenceLength: number
  /** n-grams of the output that a reference has too, for n = 1, 2 …, each at most as often as in one reference. */
  readonly matches: readonly number[]
  /** n-grams of the output. */
  readonly totals: readonly number[]
}

/** How precisions of 0 are made positive (Chen and Cherry 2014). */
export type BleuSmoothing = 'exp' | 'floor' | 'add-k' | 'none'

/** How statistics become a score. */
export interface BleuRules {
  readonly smoothing: BleuSmoothing
  /** Leave out the orders of which the output has no n-gram at all: for single sentences. */
  readonly effectiveOrder: boolean
}

/** The statistics of one output against all its references. */
export function bleuStatistics(
  output: readonly string[],
  references: readonly (readonly string[])[],
  maxOrder: number,
): BleuStatistics {
  const orders = Array.from({ length: maxOrder }, (_, index) => index + 1)
  return {
    outputLength: output.length,
    referenceLength: closestLength(output.length, references),
    matches: orders.map((order) => {
      const most = new Map<string, number>()
      for (const reference of references) {
        for (const [ngram, count] of countNgrams(reference, order, ' ')) {
          most.set(ngram, Math.max(most.get(ngram) ?? 0, count))
        }
      }
      return countShared(countNgrams(output, order, ' '), most)
    }),
    totals: orders.map((order) => ngramTotal(output, order)),
  }
}

/**
 * BLEU = BP · exp(Σ ln pₙ / N) · 100, where pₙ = matches / totals of order n, and BP = exp(1 - r/c) for an output of
 * length c shorter than its reference's r, else 1 (Papineni et al. 2002). 0 without any match.
 */
export function bleuOf(statistics: BleuStatistics, { smoothing, effectiveOrder }: BleuRules): number {
  const { outputLength, referenceLength, matches, totals } = statistics
  if (!matches.some((count) => count > 0)) return 0
  let logarithms = 0
  let orders = 0
  let halvings = 1
  for (const [index, count] of matches.entries()) {
    const added = smoothing === 'add-k' && index > 0 ? 1 : 0
    const total = (totals[index] ?? 0) + added
    let matched = count + added
    if (total === 0) {
      if (!effectiveOrder) return 0
      break
    }
    if (matched === 0 && smoothing === 'exp') matched = 1 / (halvings *= 2)
    if (matched === 0 && smoothing === 'floor') matched = 0.1
    if (matched === 0) return 0
    logarithms += Math.log(matched / total)
    orders += 1
  }
  const brevity = outputLength < referenceLength ? Math.exp(1 - referenceLength / outputLength) : 1
  // Logarithms that add up to zero only nearly would give a little more than 100.
  return Math.min(100, 100 * brevity * Math.exp(logarithms / orders))
}

function closestLength(length: number, references: readonly (readonly string[])[]): number {
  const lengths = references.map((reference) => reference.length)
  return lengths.reduce((closest, other) => {
    const nearer = Math.abs(other - length) - Math.abs(closest - length)
    return nearer < 0 || (nearer === 0 && other < closest) ? other : closest
  })
}
