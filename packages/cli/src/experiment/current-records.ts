import { RecordPlaces, type ExperimentStore, type ResultsFilter, type SampleRecord } from '@evals/core'

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

/** Finds out which record of each sample counts (see `RecordPlaces`), and what there is in all of them. */
export async function indexRecords(
  store: ExperimentStore,
  experiment: string,
  { onProblem, removed }: Pick<ResultsFilter, 'onProblem' | 'removed'> = {},
): Promise<RecordIndex> {
  const places = new RecordPlaces(removed)
  const scorers = new Set<string>()
  const dimensions = new Set<string>()
  for await (const record of store.scan(experiment, onProblem === undefined ? {} : { onProblem })) {
    places.add(record)
    for (const name of Object.keys(record.scores)) scorers.add(name)
    for (const name of Object.keys(record.variant)) dimensions.add(name)
  }
  return {
    size: places.size,
    scorers: [...scorers],
    dimensions: [...dimensions],
    async *records() {
      const counts = places.secondReading()
      for await (const record of store.scan(experiment)) if (counts(record)) yield record
    },
  }
}
