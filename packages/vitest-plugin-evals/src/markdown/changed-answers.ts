import { evalKey, RecordPlaces, type ExperimentStore, type SampleRecord } from '@evals/core'

/** Names a sample of an eval and variant. @param key of the eval, see `evalKey` */
export function sampleKey(key: string, id: string): string {
  return `${key}\n${id}`
}

/** The records that count of some samples, by `sampleKey`; of several epochs the first that is recorded. */
export async function readAnswers(
  store: Pick<ExperimentStore, 'scan'>,
  experiment: string,
  wanted: ReadonlySet<string>,
): Promise<Map<string, SampleRecord>> {
  const answers = new Map<string, SampleRecord>()
  if (wanted.size === 0) return answers
  const places = new RecordPlaces()
  const found: [key: string, record: SampleRecord][] = []
  for await (const record of store.scan(experiment)) {
    places.add(record)
    const key = sampleKey(evalKey(record.eval, record.variant), record.id)
    if (wanted.has(key)) found.push([key, record])
  }
  const counts = places.secondReading()
  for (const [key, record] of found) if (counts(record) && !answers.has(key)) answers.set(key, record)
  return answers
}
