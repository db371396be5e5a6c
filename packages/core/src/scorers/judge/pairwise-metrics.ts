import type { SampleRecord } from '../../record/record.ts'
import type { Metric } from '../../scoring/scorer.ts'
import { scoreMetadata } from '../similarity/corpus-metric.ts'

/** How far a pairwise judge goes by the order of the answers, from the verdicts in its metadata. */
export function pairwiseMetrics(scorer: string): Metric[] {
  const verdicts = (records: readonly SampleRecord[]) =>
    scoreMetadata(records, scorer).filter(({ outputFirst }) => outputFirst !== undefined)
  return [
    {
      name: 'consistency',
      async compute(records) {
        const all = verdicts(records)
        const n = all.length
        if (n === 0) return null
        const same = all.filter(({ outputFirst, outputSecond }) => outputFirst === outputSecond).length
        // Loaded here because most evals judge nothing in pairs.
        const { wilsonInterval } = await import('../../stats/wilson-interval.ts')
        return { value: same / n, n, interval: wilsonInterval(same, n) }
      },
    },
    {
      name: 'positionBias',
      compute(records) {
        const all = verdicts(records)
        const n = all.length
        if (n === 0) return null
        const won = (first: string, second: string): number =>
          all.filter(({ outputFirst, outputSecond }) => outputFirst === first && outputSecond === second).length
        return { value: (won('output', 'other') - won('other', 'output')) / n, n }
      },
    },
  ]
}
