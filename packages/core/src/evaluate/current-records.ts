import { evalKey } from '../record/eval-key.ts'
import type { SampleRecord, Variant } from '../record/record.ts'
import type { ExperimentStore } from '../store/experiment-store.ts'
import { RecordPlaces } from '../store/record-places.ts'
import { keyOf } from '../summary/result-set.ts'

/** Which records are wanted. */
export interface RecordsWanted {
  readonly eval: string
  readonly variants: readonly Variant[]
  /** Keys of the planned samples (see `keyOf`). */
  readonly planned: ReadonlySet<string>
}

/** Reads the record that counts of each planned sample (see `RecordPlaces`), in the order of the store. */
export async function* currentRecords(
  store: Pick<ExperimentStore, 'scan'>,
  experiment: string,
  { eval: name, variants, planned }: RecordsWanted,
): AsyncGenerator<SampleRecord> {
  const keys = new Set(variants.map((variant) => evalKey(name, variant)))
  const places = new RecordPlaces()
  for await (const record of store.scan(experiment, { eval: name })) places.add(record)
  const counts = places.secondReading()
  for await (const record of store.scan(experiment, { eval: name })) {
    // All are counted, also those that are not wanted.
    const isWanted = counts(record) && planned.has(keyOf(record))
    if (isWanted && keys.has(evalKey(record.eval, record.variant))) yield record
  }
}
