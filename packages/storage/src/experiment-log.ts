import type { SampleRecord, StoreProblem } from '@evals/core'

/** A record with where it is kept. */
export interface LoggedRecord {
  /** For {@link ExperimentLog.readAt} of the same log. */
  readonly place: number
  readonly record: SampleRecord
}

/** One experiment's records as they are appended: what programs need that show a run while it goes on. */
export interface ExperimentLog {
  /**
   * The records appended since the last call, at the first call all of them, in the order of `ExperimentStore.scan`.
   * Lines that are no records are told to `onProblem`.
   */
  readNew(onProblem?: (problem: StoreProblem) => void): AsyncIterable<LoggedRecord>
  /** One record again; `undefined` if it is gone. */
  readAt(place: number): Promise<SampleRecord | undefined>
  close(): void
}
