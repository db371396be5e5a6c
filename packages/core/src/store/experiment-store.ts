import type { RecordEntry } from '../record/record-entry.ts'
import type { SampleRecord } from '../record/record.ts'
import type { ExperimentDocument } from './experiment-document.ts'

/** A stored line that is no record; it costs only itself. */
export interface StoreProblem {
  /** For example `records/1.jsonl:17`. */
  readonly where: string
  readonly what: string
}

/** What to read. */
export interface ScanFilter {
  /** Only records of this eval. */
  readonly eval?: string
  /** Told about every line that cannot be read. */
  readonly onProblem?: (problem: StoreProblem) => void
}

/** One experiment in a list. */
export interface ExperimentListing {
  readonly experiment: string
  readonly status: ExperimentDocument['status']
  readonly createdAt: string
  readonly updatedAt: string
}

/**
 * Where experiments are kept. Records are only ever appended; the newest one of a key wins unless only the older one is
 * scored, and readers sort that out. An implementation runs `experimentStoreContract` of `@evals/core/testing`.
 */
export interface ExperimentStore {
  /** Where an experiment is kept, for people: a path or a URL without secrets. */
  describe(experiment: string): string
  /** Durably appends one record; it is readable when this returns. Creates the experiment if there is none. */
  append(experiment: string, entry: RecordEntry): void | Promise<void>
  /**
   * All records: those of older runs (by their place in the document's `runs`) first, those of unlisted runs last; within
   * a run each writer's in the order it appended them.
   */
  scan(experiment: string, filter?: ScanFilter): AsyncIterable<SampleRecord>
  /** The bytes a stored `$blob` names; `undefined` if there are none. */
  readAttachment(experiment: string, sha256: string): Promise<Uint8Array | undefined>
  /** The experiment's document; `undefined` if there is no such experiment. */
  readDocument(experiment: string): Promise<ExperimentDocument | undefined>
  /** Replaces the experiment's document as a whole. Creates the experiment if there is none. */
  writeDocument(document: ExperimentDocument): Promise<void>
  /** All experiments, the newest first. */
  list(): Promise<readonly ExperimentListing[]>
  /** Removes an experiment and all it holds; nothing happens if there is none. */
  delete(experiment: string): Promise<void>
  /** Closes what is open. */
  close(): void | Promise<void>
}
