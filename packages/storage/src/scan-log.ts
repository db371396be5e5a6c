import type { ExperimentStore, SampleRecord, StoreProblem } from '@evals/core'
import type { ExperimentLog, LoggedRecord } from './experiment-log.ts'

/** The log of any store, by scanning it: each call reads all of it, so a place is the record's number. */
export class ScanLog implements ExperimentLog {
  readonly #store: ExperimentStore
  readonly #experiment: string
  readonly #told = new Set<string>()
  #seen = 0

  constructor(store: ExperimentStore, experiment: string) {
    this.#store = store
    this.#experiment = experiment
  }

  async *readNew(onProblem: (problem: StoreProblem) => void = () => {}): AsyncIterable<LoggedRecord> {
    let place = 0
    // Each reading meets the same ones again.
    const tell = (problem: StoreProblem): void => {
      if (this.#told.has(problem.where)) return
      this.#told.add(problem.where)
      onProblem(problem)
    }
    for await (const record of this.#store.scan(this.#experiment, { onProblem: tell })) {
      if (place >= this.#seen) {
        this.#seen = place + 1
        yield { place, record }
      }
      place += 1
    }
  }

  async readAt(place: number): Promise<SampleRecord | undefined> {
    let number = 0
    for await (const record of this.#store.scan(this.#experiment)) {
      if (number === place) return record
      number += 1
    }
    return undefined
  }

  close(): void {}
}
