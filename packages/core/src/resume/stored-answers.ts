import { evalKey } from '../record/eval-key.ts'
import type { SampleRecord, Variant } from '../record/record.ts'
import type { ExperimentStore } from '../store/experiment-store.ts'
import { keyOf } from '../summary/result-set.ts'
import { isAnswer } from './eval-history.ts'

/** Which stored answers are wanted. */
export interface AnswersWanted {
  readonly eval: string
  readonly variant: Variant
  readonly revision: number
  /** Keys (see `keyOf`) in the order in which the answers will be taken, such as `toScore` of a `ResumePlan`. */
  readonly keys: readonly string[]
  /** How many are read in one pass over the store and held until they are taken. Default 10,000. */
  readonly windowSize?: number
}

/**
 * Gives back stored answers, so that they can be scored again; of a sample that was scored without one the scored record.
 * Only two windows of them are in memory: as far as they are taken in the order of `keys`, the store is read once for each
 * `windowSize` of them, and once in most runs.
 */
export class StoredAnswers {
  readonly #store: Pick<ExperimentStore, 'scan'>
  readonly #experiment: string
  readonly #wanted: AnswersWanted
  readonly #windowSize: number
  readonly #places: ReadonlyMap<string, number>
  readonly #windows = new Map<number, Promise<Map<string, SampleRecord>>>()

  constructor(store: Pick<ExperimentStore, 'scan'>, experiment: string, wanted: AnswersWanted) {
    this.#store = store
    this.#experiment = experiment
    this.#wanted = wanted
    this.#windowSize = wanted.windowSize ?? 10_000
    this.#places = new Map(wanted.keys.map((key, place) => [key, place]))
  }

  /**
   * The newest record with the sample's output, or its newest scored one, once; `undefined` if it was not wanted, is gone,
   * or was taken before.
   */
  async take(sample: Pick<SampleRecord, 'id' | 'epoch'>): Promise<SampleRecord | undefined> {
    const key = keyOf(sample)
    const place = this.#places.get(key)
    if (place === undefined) return undefined
    const number = Math.floor(place / this.#windowSize)
    let window = this.#windows.get(number)
    if (window === undefined) {
      // Those left over are of samples that others run; one that comes very late is read again.
      for (const older of this.#windows.keys()) if (older < number - 1) this.#windows.delete(older)
      this.#windows.set(number, (window = this.#read(number)))
    }
    const records = await window
    const record = records.get(key)
    records.delete(key)
    return record
  }

  async #read(number: number): Promise<Map<string, SampleRecord>> {
    const { eval: name, variant, revision, keys } = this.#wanted
    const wanted = new Set(keys.slice(number * this.#windowSize, (number + 1) * this.#windowSize))
    const key = evalKey(name, variant)
    const records = new Map<string, SampleRecord>()
    for await (const record of this.#store.scan(this.#experiment, { eval: name })) {
      const sample = keyOf(record)
      const isWanted = record.revision === revision && wanted.has(sample) && counts(record, records.get(sample))
      if (isWanted && evalKey(record.eval, record.variant) === key) records.set(sample, record)
    }
    return records
  }
}

function counts(record: SampleRecord, before: SampleRecord | undefined): boolean {
  return isAnswer(record) || (record.outcome === 'scored' && (before === undefined || !isAnswer(before)))
}
