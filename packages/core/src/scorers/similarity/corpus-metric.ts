import type { SampleRecord } from '../../record/record.ts'
import type { Metric } from '../../scoring/scorer.ts'

/** The metadata that a scorer left in the records it scored. */
export function scoreMetadata(records: readonly SampleRecord[], scorer: string): Readonly<Record<string, unknown>>[] {
  return records.flatMap(({ scores }) => {
    const metadata = Object.hasOwn(scores, scorer) ? scores[scorer]?.metadata : undefined
    return metadata === undefined ? [] : [metadata]
  })
}

/**
 * A metric `corpus` that is no mean of scores: the counts that the scorer left as arrays in `metadata.counts` are added
 * up over the records, and the score is computed from the sums.
 */
export function corpusMetric(scorer: string, compute: (counts: readonly number[]) => number): Metric {
  return {
    name: 'corpus',
    compute(records) {
      const all = scoreMetadata(records, scorer).map(({ counts }) => counts as readonly number[])
      const length = all[0]?.length ?? 0
      const sums = Array.from({ length }, (_, index) => all.reduce((sum, counts) => sum + (counts[index] ?? 0), 0))
      return { value: compute(sums), n: all.length }
    },
  }
}
