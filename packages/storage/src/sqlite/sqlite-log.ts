import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { parseRecord, type SampleRecord, type StoreProblem } from '@evals/core'
import type { ExperimentLog, LoggedRecord } from '../experiment-log.ts'
import { unreadable } from '../storage-error.ts'
import { openDatabase } from './open-database.ts'
import { recordAt, recordsOfAllRuns, recordsPerPage } from './record-rows.ts'

/** The log of an experiment in a database; a place is the record's row. */
export class SqliteLog implements ExperimentLog {
  readonly #file: string
  readonly #experiment: string
  #database: DatabaseSync | undefined
  #after = 0

  constructor(file: string, experiment: string) {
    this.#file = file
    this.#experiment = experiment
  }

  async *readNew(onProblem?: (problem: StoreProblem) => void): AsyncIterable<LoggedRecord> {
    for (;;) {
      const after = this.#after
      const page = this.#read((database) => recordsOfAllRuns(database, { experiment: this.#experiment, after })) ?? []
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
    const json = this.#read((database) => recordAt(database, { experiment: this.#experiment, place }))
    const record = json === undefined ? undefined : parseRecord(json)
    return typeof record === 'string' ? undefined : record
  }

  close(): void {
    this.#database?.close()
    this.#database = undefined
  }

  /** `undefined` where there is no database; reading makes none. */
  #read<Result>(work: (database: DatabaseSync) => Result): Result | undefined {
    if (this.#database === undefined && !existsSync(this.#file)) return undefined
    try {
      return work((this.#database ??= openDatabase(this.#file)))
    } catch (error) {
      throw unreadable(this.#file, error)
    }
  }
}
