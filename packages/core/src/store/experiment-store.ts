import type { RecordEntry } from '../record/record-entry.ts'
import type { SampleRecord } from '../record/record.ts'
import type { ExperimentDocument } from './experiment-document.ts'
import type { LeaseHolder } from './lease-holder.ts'

/** A stored line that is no record, or an experiment that cannot be read; it costs only itself. */
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
export type ExperimentListing = Pick<
  ExperimentDocument,
  'experiment' | 'status' | 'createdAt' | 'updatedAt' | 'rebuilt'
>

/** The right to write to an experiment, held by one process at a time. */
export interface ExperimentLease {
  /** Aborts with an `EVALS_EXPERIMENT_LEASE_LOST` if another process took over, because this one was silent for too long. */
  readonly lost: AbortSignal
  /** Gives the lease back; nothing happens if it is lost or released already. */
  release(): Promise<void>
}

/**
 * Where experiments are kept. Records are only ever appended; the newest one of a key wins unless only the older one is
 * scored, and readers sort that out. An implementation runs `experimentStoreContract` of `@evals/core/testing`.
 *
 * A run's main process holds the experiment's lease while it goes on; its workers append without. Reading needs none.
 */
export interface ExperimentStore {
  /** Where an experiment is kept, for people: a path or a URL without secrets. */
  describe(experiment: string): string
  /**
   * Takes the experiment for one run of this process. That of a dead holder is taken over: one whose process is gone, or
   * that has been silent for `leaseWindowMs`. Does not create the experiment.
   * @param holder who takes it; default: this process
   * @throws EvalsError `EVALS_EXPERIMENT_IN_USE` with the holder's host, pid and time
   */
  lease(experiment: string, holder?: LeaseHolder): Promise<ExperimentLease>
  /**
   * Appends one record; when this returns it is readable, and survives the end of this process however it comes. Creates
   * the experiment if there is none.
   */
  append(experiment: string, entry: RecordEntry): void | Promise<void>
  /**
   * All records: those of older runs (by their place in the document's `runs`) first, those of unlisted runs last; within
   * a run each writer's in the order it appended them.
   */
  scan(experiment: string, filter?: ScanFilter): AsyncIterable<SampleRecord>
  /**
   * The bytes a stored `$blob` names.
   * @throws EvalsError `EVALS_ATTACHMENT_UNREADABLE` if they are missing, or are others than were stored
   */
  readAttachment(experiment: string, sha256: string): Promise<Uint8Array>
  /**
   * The experiment's document, made from the records where there is none that can be read: then it says so in `rebuilt`.
   * `undefined` if there is no such experiment.
   */
  readDocument(experiment: string): Promise<ExperimentDocument | undefined>
  /** Replaces the experiment's document as a whole. Creates the experiment if there is none. */
  writeDocument(document: ExperimentDocument): Promise<void>
  /** All experiments, the newest first; one that cannot be read is told to `onProblem` and left out. */
  list(filter?: Pick<ScanFilter, 'onProblem'>): Promise<readonly ExperimentListing[]>
  /**
   * Gives an experiment another name.
   * @throws EvalsError `EVALS_EXPERIMENT_UNKNOWN`, `EVALS_EXPERIMENT_EXISTS` or, while a run holds it,
   * `EVALS_EXPERIMENT_IN_USE`
   */
  rename(from: string, to: string): Promise<void>
  /**
   * Removes an experiment and all it holds; nothing happens if there is none.
   * @throws EvalsError `EVALS_EXPERIMENT_IN_USE` while a run holds it
   */
  delete(experiment: string): Promise<void>
  /** Closes what is open. */
  close(): void | Promise<void>
}
