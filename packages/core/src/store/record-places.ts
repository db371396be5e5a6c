import { countsInstead, type CountingFacts } from '../record/counts-instead.ts'
import { evalKey } from '../record/eval-key.ts'
import type { SampleRecord } from '../record/record.ts'
import { keyOf } from '../summary/result-set.ts'
import { Revisions } from '../summary/revisions.ts'
import type { RemovedSamples } from './removed-samples.ts'

type RecordAddress = Pick<
  SampleRecord,
  'eval' | 'variant' | 'id' | 'epoch' | 'outcome' | 'rowHash' | 'revision' | 'revisionSize'
>

/** Of the records of one sample and revision: how many there are, and which one counts. */
interface Place {
  count: number
  counting: number
  facts: CountingFacts | undefined
}

/**
 * Which record of each sample counts: of the newest revision that is complete the one that `countsInstead` of the
 * others. Of a record only its place is kept, so that experiments of any size can be read: once for the places, once for the records.
 */
export class RecordPlaces {
  readonly #evals = new Map<string, Revisions<Place>>()
  readonly #removed: RemovedSamples

  /** @param removed samples of which no record counts. Default: none */
  constructor(removed: RemovedSamples = new Map()) {
    this.#removed = removed
  }

  /** Samples (× epochs × variants) with a record that counts. */
  get size(): number {
    let size = 0
    for (const [key, { counting }] of this.#evals) {
      for (const sample of counting.keys()) if (!this.#isRemoved(key, sample)) size += 1
    }
    return size
  }

  /** Takes the next record of the first reading in, oldest first. */
  add(record: RecordAddress): void {
    const key = evalKey(record.eval, record.variant)
    let places = this.#evals.get(key)
    if (places === undefined) this.#evals.set(key, (places = new Revisions<Place>()))
    places.add(keyOf(record), record, (place = { count: 0, counting: 0, facts: undefined }) => {
      const { outcome, rowHash } = record
      if (countsInstead(record, place.facts))
        Object.assign(place, { counting: place.count, facts: { outcome, rowHash } })
      place.count += 1
      return place
    })
  }

  /** Begins a second reading: the function tells of each record, in the order of the first reading, whether it counts. */
  secondReading(): (record: RecordAddress) => boolean {
    const counts = new Map<Place, number>()
    return (record) => {
      const key = evalKey(record.eval, record.variant)
      const places = this.#evals.get(key)
      if (places === undefined || record.revision !== places.current) return false
      const sample = keyOf(record)
      const place = places.counting.get(sample)
      if (place === undefined || this.#isRemoved(key, sample)) return false
      const count = counts.get(place) ?? 0
      counts.set(place, count + 1)
      return count === place.counting
    }
  }

  #isRemoved(key: string, sample: string): boolean {
    return this.#removed.get(key)?.has(sample) === true
  }
}
