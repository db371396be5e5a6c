import { createHash } from 'node:crypto'
import type { Sample } from './sample.ts'

/** Orders by a hash of seed and id, so that adding rows to a dataset moves none of the others. */
export function inSeededOrder<Row>(samples: readonly Sample<Row>[], seed: number): Sample<Row>[] {
  const rank = (sample: Sample<Row>): string => createHash('sha256').update(`${seed}:${sample.id}`).digest('hex')
  return samples
    .map((sample) => ({ sample, rank: rank(sample) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ sample }) => sample)
}
