import type { Clock } from '../clock.ts'
import type { Sample } from '../dataset/sample.ts'
import { messageOf } from '../errors.ts'
import type { RecordKey, SampleRecord, StoredError } from '../record/record.ts'
import { toStoredError } from '../record/stored-error.ts'
import { ValueStorage, type Attachment } from '../record/value-storage.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { attemptTask, type Attempt } from './attempt-task.ts'
import { judgeSample, type PassWhen } from './judge-sample.ts'
import { sampleRecord } from './sample-record.ts'
import { SampleScope, withSampleScope } from './sample-scope.ts'
import { scoreAnswer } from './score-answer.ts'

/** How the samples of an eval are run. */
export interface SamplePlan {
  readonly scorers: readonly Scorer[]
  readonly passWhen?: PassWhen | undefined
  /** How often a sample is tried again after outcome `error`. */
  readonly retries: number
  /** Time of the task, and of each scorer, in ms; 0: no limit. */
  readonly sampleTimeoutMs: number
}

/** What a task asserted by itself. */
export interface AssertionState {
  readonly made: number
  /** The first failed assertion that did not throw. */
  readonly failure?: unknown
}

/** A record with the bytes it refers to. */
export interface RecordEntry {
  readonly record: SampleRecord
  readonly attachments: readonly Attachment[]
}

/** One sample to run. */
export interface SampleJob {
  readonly key: RecordKey
  readonly run: string
  readonly revision: number
  readonly sample: Sample
  readonly plan: SamplePlan
  /** Runs the task once. */
  task(scope: SampleScope, signal: AbortSignal): unknown
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

/** Runs task and scorers of one sample and makes its record; what user code throws ends in the record. */
export function runSample(job: SampleJob): Promise<SampleRun> {
  const scope = new SampleScope({ signal: job.signal, metadata: job.sample.metadata, clock: job.clock })
  return withSampleScope(scope, () => runInScope(job, scope))
}

async function runInScope(job: SampleJob, scope: SampleScope): Promise<SampleRun> {
  const startedAt = job.clock.date().toISOString()
  const values = new ValueStorage()
  // Before the task runs, which may change its row.
  const given = {
    input: values.store('input', job.sample.input),
    ...(job.sample.expected === undefined ? {} : { expected: values.store('expected', job.sample.expected) }),
  }
  const { attempt, earlier } = await attemptWithRetries(job, scope, values)
  const entry = (parts: Pick<SampleRecord, 'outcome'> & Partial<SampleRecord>): RecordEntry => ({
    record: sampleRecord(job, { startedAt, given, attempt, scope, values }, parts),
    attachments: values.attachments,
  })
  if (attempt.outcome !== 'scored') {
    const { outcome, thrown } = attempt
    return { ...entry({ outcome, error: toStoredError(thrown, earlier) }), thrown }
  }
  scope.purpose = 'score'
  scope.signal = job.signal
  let answered: Promise<void> | undefined
  scope.beforeScoreCall = () => (answered ??= Promise.resolve(job.onAnswered(entry({ outcome: 'answered' }))))
  const { scores, errors } = await scoreAnswer(job, attempt, { given, scope, values })
  const { assertionFailure } = attempt
  const { passed, thrown } = judgeSample({ scores, errors, assertionFailure, passWhen: job.plan.passWhen })
  const failure = thrown === undefined ? {} : { failure: { message: messageOf(thrown) } }
  return { ...entry({ outcome: 'scored', passed, scores, ...failure }), thrown }
}

async function attemptWithRetries(
  job: SampleJob,
  scope: SampleScope,
  values: ValueStorage,
): Promise<{ attempt: Attempt; earlier: readonly StoredError[] }> {
  const earlier: StoredError[] = []
  while (true) {
    scope.startAttempt(job.sample.metadata)
    const attempt = await attemptTask(job, scope, values)
    const again = attempt.outcome === 'error' && earlier.length < job.plan.retries && !job.signal.aborted
    if (!again) return { attempt, earlier }
    earlier.push(toStoredError(attempt.thrown))
  }
}
