import { keyOf, type ExperimentStore, type SampleRecord } from '@evals/core'
import { recordsOf, type EvalRevision } from './stored-records.ts'

/** Why scored samples of earlier runs failed: read in one pass over the records, when the first one is asked for. */
export class RecordedFailures {
  readonly #store: Pick<ExperimentStore, 'scan'>
  readonly #experiment: string
  readonly #of: EvalRevision
  #messages: Promise<Map<string, string>> | undefined

  constructor(store: Pick<ExperimentStore, 'scan'>, experiment: string, of: EvalRevision) {
    this.#store = store
    this.#experiment = experiment
    this.#of = of
  }

  async messageOf(sample: Pick<SampleRecord, 'id' | 'epoch'>): Promise<string> {
    const messages = await (this.#messages ??= this.#read())
    return messages.get(keyOf(sample)) ?? 'it did not pass'
  }

  async #read(): Promise<Map<string, string>> {
    const messages = new Map<string, string>()
    for await (const record of recordsOf({ store: this.#store, experiment: this.#experiment }, this.#of)) {
      const broken = Object.entries(record.scores).flatMap(([scorer, { error }]) =>
        error === undefined ? [] : [`${scorer}: ${error.message}`],
      )
      const message = record.failure?.message ?? broken.join('\n')
      if (message !== '') messages.set(keyOf(record), message)
    }
    return messages
  }
}
