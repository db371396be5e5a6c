import { evalKey, keyOf, type ExperimentStore, type SampleRecord, type ScanFilter } from '@evals/core'

/** What a first reading of an experiment finds. */
export interface RecordIndex {
  /** Samples (× epochs × variants) with a record. */
  readonly size: number
  /** Names of all scorers, in the order they first appear. */
  readonly scorers: readonly string[]
  /** Names of what variants differ in. */
  readonly dimensions: readonly string[]
  /** Reads the records again: the one that counts of each sample. */
  records(): AsyncGenerator<SampleRecord>
}

/**
 * Finds out which record of each sample counts: the newest scored one, else the newest. Of a record only its place is
 * kept, so that experiments of any size can be read.
 */
export async function indexRecords(
  store: ExperimentStore,
  experiment: string,
  { onProblem }: Pick<ScanFilter, 'onProblem'> = {},
): Promise<RecordIndex> {
  const places = new Map<string, { count: number; counting: number; scored: boolean }>()
  const scorers = new Set<string>()
  const dimensions = new Set<string>()
  for await (const record of store.scan(experiment, onProblem === undefined ? {} : { onProblem })) {
    const key = recordKey(record)
    const place = places.get(key) ?? { count: 0, counting: 0, scored: false }
    const scored = record.outcome === 'scored'
    if (scored || !place.scored) Object.assign(place, { counting: place.count, scored })
    place.count += 1
    places.set(key, place)
    for (const name of Object.keys(record.scores)) scorers.add(name)
    for (const name of Object.keys(record.variant)) dimensions.add(name)
  }
  return {
    size: places.size,
    scorers: [...scorers],
    dimensions: [...dimensions],
    async *records() {
      const counts = new Map<string, number>()
      for await (const record of store.scan(experiment)) {
        const key = recordKey(record)
        const count = counts.get(key) ?? 0
        counts.set(key, count + 1)
        if (places.get(key)?.counting === count) yield record
      }
    },
  }
}

/** What tells the records of one sample, epoch and variant from all others. */
export function recordKey(record: SampleRecord): string {
  return `${evalKey(record.eval, record.variant)}\n${keyOf(record)}`
}
