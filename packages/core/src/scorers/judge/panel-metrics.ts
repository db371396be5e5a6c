import type { SampleRecord } from '../../record/record.ts'
import type { Metric } from '../../scoring/scorer.ts'
import { cohenKappa } from '../../stats/cohen-kappa.ts'
import type { Estimate } from '../../stats/estimate.ts'
import { krippendorffAlpha } from '../../stats/krippendorff-alpha.ts'
import { scoreMetadata } from '../similarity/corpus-metric.ts'
import { isJsonObject } from '../structure/read-json.ts'

type Votes = readonly (number | null)[]

/** The agreement of a panel's members, from the votes in its metadata. */
export function panelMetrics(
  scorer: string,
  { members, level }: { readonly members: readonly string[]; readonly level: 'nominal' | 'interval' },
): Metric[] {
  const votesOf = (records: readonly SampleRecord[]): Votes[] =>
    scoreMetadata(records, scorer).flatMap(({ votes }) =>
      isJsonObject(votes) ? [members.map((member) => toVote(votes[member]))] : [],
    )
  const agreement: Metric = {
    name: 'agreement',
    compute(records) {
      const units = votesOf(records).filter((votes) => votes.filter((vote) => vote !== null).length > 1)
      return figure(krippendorffAlpha(units, level), units.length)
    },
  }
  const weights = level === 'interval' ? 'quadratic' : 'none'
  const pairs = members.flatMap((first, a) =>
    members.slice(a + 1).map((second, b) => ({ first, second, a, b: a + 1 + b })),
  )
  const kappas = pairs.map(({ first, second, a, b }): Metric => ({
    name: `kappa.${first}.${second}`,
    compute(records) {
      const both = votesOf(records).flatMap((votes) => {
        const [one, two] = [votes[a], votes[b]]
        return typeof one === 'number' && typeof two === 'number' ? [[one, two] as const] : []
      })
      const [ones, twos] = [both.map(([one]) => one), both.map(([, two]) => two)]
      return figure(cohenKappa(ones, twos, { weights }), both.length)
    },
  }))
  return [agreement, ...kappas]
}

function toVote(vote: unknown): number | null {
  return typeof vote === 'number' ? vote : null
}

/** Where nothing was judged by two of them there is none, nor is a κ where all scores are the same: it is 0/0. */
function figure(value: number | null, n: number): Estimate | null {
  return value === null ? null : { value, n }
}
