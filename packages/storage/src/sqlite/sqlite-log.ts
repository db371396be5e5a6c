import { parseRecord, type SampleRecord, type StoreProblem } from '@evals/core'
import type { ExperimentLog, LoggedRecord } from '../experiment-log.ts'
import { DatabaseFile } from './database-file.ts'
import { recordAt, recordsAfter, recordsPerPage } from './record-rows.ts'

/** The log of an experiment in a database; a place is the record's row. */
export class SqliteLog implements ExperimentLog {
  readonly #file: string
  readonly #experiment: string
  readonly #database: DatabaseFile
  #after = 0

  constructor(file: string, experiment: string) {
    this.#file = file
    this.#database = new DatabaseFile(file)
    this.#experiment = experiment
  }

  async *readNew(onProblem?: (problem: StoreProblem) => void): AsyncIterable<LoggedRecord> {
    for (;;) {
      const from = { experiment: this.#experiment, after: this.#after }
      const page = this.#database.read((database) => recordsAfter(database, from)) ?? []
      for (const { place, json } of page) {
        this.#after = place
        const record = parseRecord(json)
        if (typeof record === 'string') onProblem?.({ where: `${this.#file}, record ${place}`, what: record })
        else yield { place, record }
      }
      if (page.length < recordsPerPage) return
    }
  }

  async readAt(place: number): Promise<SampleRecord | undefined> {
    const json = this.#database.read((database) => recordAt(database, { experiment: this.#experiment, place }))
    const record = json === undefined ? undefined : parseRecord(json)
    return typeof record === 'string' ? undefined : record
  }

  close(): void {
    this.#database.close()
  }
}
