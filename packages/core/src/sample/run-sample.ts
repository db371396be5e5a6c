import type { RecordEntry } from '../record/record-entry.ts'
import type { SampleRecord, StoredError } from '../record/record.ts'
import { attemptsOf, toStoredError } from '../record/stored-error.ts'
import { fingerprintsOf } from '../scoring/scorer-fingerprint.ts'
import { attemptTask, type Attempt } from './attempt-task.ts'
import { endScoring } from './end-scoring.ts'
import { isSkip } from './is-skip.ts'
import { judgeSample, type SampleVerdict } from './judge-sample.ts'
import { openScope } from './open-scope.ts'
import type { SampleJob, SampleRun } from './sample-job.ts'
import { sampleRecord } from './sample-record.ts'
import { withSampleScope } from './current-sample.ts'
import type { SampleScope } from './sample-scope.ts'
import { scoreAnswer, taskScores } from './score-answer.ts'

/** Runs task and scorers of one sample and makes its record; what user code throws ends in the record. */
export function runSample(job: SampleJob): Promise<SampleRun> {
  const scope = openScope(job)
  return withSampleScope(scope, () => runInScope(job, scope))
}

async function runInScope(job: SampleJob, scope: SampleScope): Promise<SampleRun> {
  const startedAt = job.clock.date().toISOString()
  const { values } = scope
  // Before the task runs, which may change its row.
  const given = {
    input: values.store('input', job.sample.input),
    ...(job.sample.expected === undefined ? {} : { expected: values.store('expected', job.sample.expected) }),
  }
  const { attempt, earlier } = await attemptWithRetries(job, scope)
  const entry = (parts: Pick<SampleRecord, 'outcome'> & Partial<SampleRecord>): RecordEntry => ({
    record: sampleRecord(job, { startedAt, given, attempt, scope }, parts),
    attachments: values.attachments,
  })
  if (attempt.outcome !== 'scored') {
    const { outcome, thrown } = attempt
    return { ...entry({ outcome, error: toStoredError(thrown, [...earlier, ...attemptsOf(thrown)]) }), thrown }
  }
  scope.purpose = 'score'
  scope.aborts = job
  let answered: Promise<void> | undefined
  // With what only the task can say of its answer: who scores it later does not call the task.
  const answer = (): RecordEntry =>
    entry({ outcome: 'answered', scores: taskScores(attempt, scope).scores, scorers: {} })
  scope.beforeScoreCall = () => (answered ??= Promise.resolve(job.onAnswered(answer())))
  const { scores, errors, judged } = await scoreAnswer(job, attempt, { given, scope })
  // Those of scorers whose time was up.
  scope.leaveCalls()
  const { assertionFailure } = attempt
  const { passWhen } = job.plan
  const verdict = (): SampleVerdict => judgeSample({ scores, errors, assertionFailure, passWhen })
  const { parts, thrown } = endScoring({ scores, errors, verdict })
  return { ...entry({ ...parts, scorers: fingerprintsOf(judged) }), thrown }
}

async function attemptWithRetries(
  job: SampleJob,
  scope: SampleScope,
): Promise<{ attempt: Attempt; earlier: readonly StoredError[] }> {
  const earlier: StoredError[] = []
  for (let retries = 0; ; retries += 1) {
    scope.startAttempt(job.sample.metadata)
    const attempt = await attemptTask(job, scope)
    earlier.push(...scope.takeFailures())
    const again = attempt.outcome === 'error' && retries < job.plan.retries && !job.signal.aborted
    if (!again || isSkip(attempt.thrown)) return { attempt, earlier }
    earlier.push(toStoredError(attempt.thrown))
  }
}
