import { evalKey, keyOf, type ExperimentStore, type SampleRecord, type Variant } from '@evals/core'

/** Which records are looked at. */
export interface FailuresOf {
  readonly eval: string
  readonly variant: Variant
  readonly revision: number
}

/** Why scored samples of earlier runs failed: read in one pass over the records, when the first one is asked for. */
export class RecordedFailures {
  readonly #store: Pick<ExperimentStore, 'scan'>
  readonly #experiment: string
  readonly #of: FailuresOf
  #messages: Promise<Map<string, string>> | undefined

  constructor(store: Pick<ExperimentStore, 'scan'>, experiment: string, of: FailuresOf) {
    this.#store = store
    this.#experiment = experiment
    this.#of = of
  }

  async messageOf(sample: Pick<SampleRecord, 'id' | 'epoch'>): Promise<string> {
    const messages = await (this.#messages ??= this.#read())
    return messages.get(keyOf(sample)) ?? 'it did not pass'
  }

  async #read(): Promise<Map<string, string>> {
    const { eval: name, variant, revision } = this.#of
    const key = evalKey(name, variant)
    const messages = new Map<string, string>()
    for await (const record of this.#store.scan(this.#experiment, { eval: name })) {
      if (record.revision !== revision || evalKey(record.eval, record.variant) !== key) continue
      const broken = Object.entries(record.scores).flatMap(([scorer, { error }]) =>
        error === undefined ? [] : [`${scorer}: ${error.message}`],
      )
      const message = record.failure?.message ?? broken.join('\n')
      if (message !== '') messages.set(keyOf(record), message)
    }
    return messages
  }
}
