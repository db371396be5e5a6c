import type { Clock } from '../clock.ts'
import type { Sample } from '../dataset/sample.ts'
import type { RecordEntry } from '../record/record-entry.ts'
import type { RecordKey, SampleRecord } from '../record/record.ts'
import type { Scorer } from '../scoring/scorer.ts'
import type { PassWhen } from './judge-sample.ts'
import type { SignalSource } from './late-abort-controller.ts'
import type { SampleLimits } from './sample-limits.ts'
import type { SampleScope } from './sample-scope.ts'

/** How the samples of an eval are run. */
export interface SamplePlan {
  readonly scorers: readonly Scorer[]
  readonly passWhen?: PassWhen | undefined
  /** How often a sample is tried again after outcome `error`. */
  readonly retries: number
  /** Time of the task, and of each scorer, in ms; 0: no limit. */
  readonly sampleTimeoutMs: number
  /** Most ms a sample may wait for slots in all; 0 or absent: no limit. */
  readonly maxWaitMs?: number
  /** Whose model calls keep their questions and answers in the record's trace. Default `errors`: those of samples that did not pass. */
  readonly traces?: 'off' | 'errors' | 'all'
  /** What one attempt's task may use of its models. Default: no limits. */
  readonly limits?: SampleLimits | undefined
}

/** What a task asserted by itself. */
export interface AssertionState {
  readonly made: number
  /** The first failed assertion that did not throw. */
  readonly failure?: unknown
}

/** One sample to run. */
export interface SampleJob {
  readonly key: RecordKey
  readonly run: string
  readonly revision: number
  readonly sample: Sample
  readonly plan: SamplePlan
  /** Runs the task once. */
  task(scope: SampleScope, aborts: SignalSource): unknown
  /** Asked when the task has returned. */
  assertions?(): AssertionState
  /** Writes the answered sample, before a scorer calls a model. */
  onAnswered(entry: RecordEntry): void | Promise<void>
  /** Cancels the sample. */
  readonly signal: AbortSignal
  readonly clock: Clock
}

/** The row's parts in their stored form, as the task got them. */
export type StoredRow = Pick<SampleRecord, 'input' | 'expected'>

/** A finished sample; `thrown` is what its test fails with, `undefined` where it passed. */
export interface SampleRun extends RecordEntry {
  readonly thrown?: unknown
}
