import { EvalsError } from '../errors.ts'
import type { SampleRecord, StoredScore } from '../record/record.ts'
import type { ValueStorage } from '../record/value-storage.ts'
import { fingerprintsOf } from '../scoring/scorer-fingerprint.ts'
import { blobsIn } from '../stored-value/blobs-in.ts'
import { canonicalHash, sampleIdOf } from '../stored-value/canonical-hash.ts'
import { withSampleScope } from './current-sample.ts'
import { endScoring } from './end-scoring.ts'
import { judgeSample, type SampleVerdict } from './judge-sample.ts'
import { openScope } from './open-scope.ts'
import type { SampleJob, SampleRun } from './sample-job.ts'
import { sampleRecord } from './sample-record.ts'
import type { SampleScope } from './sample-scope.ts'
import { askScorers } from './score-answer.ts'

/** A stored answer to score. */
export interface StoredAnswerJob extends Omit<SampleJob, 'task' | 'assertions' | 'onAnswered'> {
  /** The record with the answer. */
  readonly stored: SampleRecord
  /** Names of those scorers of the plan that are to judge; scores of the others stay as they are stored. */
  readonly scorers: readonly string[]
  /** Names of scorers that the eval has no longer: their scores stay and count no more; what they failed with is left out. */
  readonly removedScorers?: readonly string[]
  /** The bytes a stored value refers to. */
  readAttachment(sha256: string): Promise<Uint8Array>
}

/**
 * Runs scorers on a stored output and makes the sample's new record, without its task: calls, usage and trace of the task
 * are taken over from the stored record, and what the scorers call is added. `undefined` if the row has another input than
 * the stored answer was given to.
 * @throws EvalsError `EVALS_ATTACHMENT_UNREADABLE`
 */
export async function scoreStored(job: StoredAnswerJob): Promise<SampleRun | undefined> {
  const { stored, sample } = job
  const scope = openScope(job)
  const { values } = scope
  await holdBlobs(stored, values, job)
  const isSameRow = stored.rowHash === sample.rowHash
  if (!isSameRow && !isSameInput(job, values)) return undefined
  scope.purpose = 'score'
  scope.calls.push(...stored.calls)
  scope.trace.push(...stored.trace)
  scope.metadata = { ...restoreMembers(stored.metadata, values), ...(isSameRow ? {} : sample.metadata) }
  return withSampleScope(scope, () => scoreInScope(job, scope))
}

function isSameInput({ stored, sample: { input } }: StoredAnswerJob, values: ValueStorage): boolean {
  const hash = sampleIdOf(input)
  // An id that is made of the input tells it, though a redaction may have changed what is stored of the input.
  if (stored.id === hash || stored.id.startsWith(`${hash}-`)) return true
  return canonicalHash(values.restore(stored.input)) === canonicalHash(input)
}

async function scoreInScope(job: StoredAnswerJob, scope: SampleScope): Promise<SampleRun> {
  const { stored, plan, sample } = job
  const { values } = scope
  const startedAt = job.clock.date().toISOString()
  const given = {
    input: stored.input,
    ...(sample.expected === undefined ? {} : { expected: values.store('expected', sample.expected) }),
  }
  const pending = plan.scorers.filter(({ name }) => job.scorers.includes(name))
  const kept = keptScores(job, values)
  const asking = { given, scope, scorers: pending, taken: kept }
  const { scores, errors, judged } = await askScorers(job, stored, asking)
  scope.leaveCalls()
  const verdict = (): SampleVerdict =>
    judgeSample({
      scores: countingScores(scores, job),
      errors: [...errors, ...keptErrors(kept)],
      passWhen: plan.passWhen,
    })
  const { parts, thrown } = endScoring({ scores, errors, kept, verdict })
  const scorers = { ...keptScorers(job), ...fingerprintsOf(judged) }
  const record = sampleRecord(job, { startedAt, given, attempt: stored, scope }, { ...parts, scorers })
  const { limit } = stored
  return { record: { ...record, ...(limit === undefined ? {} : { limit }) }, attachments: values.attachments, thrown }
}

/**
 * The stored scores that no scorer gives anew, their metadata as it was before it was stored. Those of a row that has
 * changed since would seem to be of this one.
 */
function keptScores(
  { stored, sample, scorers, removedScorers = [] }: StoredAnswerJob,
  values: ValueStorage,
): Record<string, StoredScore> {
  const outdated = stored.rowHash === sample.rowHash ? {} : (stored.scorers ?? {})
  const kept = Object.entries(stored.scores).filter(
    ([name, { scorer = name, error }]) =>
      !scorers.includes(scorer) &&
      !Object.hasOwn(outdated, scorer) &&
      !(error !== undefined && removedScorers.includes(scorer)),
  )
  return Object.fromEntries(
    kept.map(([name, score]) => [
      name,
      score.metadata === undefined ? score : { ...score, metadata: restoreMembers(score.metadata, values) },
    ]),
  )
}

/** Those that say whether the sample passes. */
function countingScores(
  scores: Readonly<Record<string, StoredScore>>,
  { removedScorers = [] }: StoredAnswerJob,
): Record<string, StoredScore> {
  return Object.fromEntries(
    Object.entries(scores).filter(([name, { scorer = name }]) => !removedScorers.includes(scorer)),
  )
}

function keptScorers({ stored, sample, scorers }: StoredAnswerJob): Record<string, string> {
  if (stored.rowHash !== sample.rowHash) return {}
  return Object.fromEntries(Object.entries(stored.scorers ?? {}).filter(([name]) => !scorers.includes(name)))
}

function keptErrors(kept: Readonly<Record<string, StoredScore>>): EvalsError[] {
  return Object.values(kept).flatMap(({ error }) =>
    error === undefined ? [] : [new EvalsError('EVALS_SCORER_FAILED', error.message)],
  )
}

function restoreMembers(members: Readonly<Record<string, unknown>>, values: ValueStorage): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, values.restore(member)]))
}

async function holdBlobs(
  { input, output, metadata, scores, trace }: SampleRecord,
  values: ValueStorage,
  { readAttachment }: Pick<StoredAnswerJob, 'readAttachment'>,
): Promise<void> {
  for (const sha256 of blobsIn([input, output, Object.values(metadata), scores, trace])) {
    values.hold(sha256, await readAttachment(sha256))
  }
}
