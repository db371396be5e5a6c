import type { SampleRecord, StoredScore } from '../record/record.ts'
import { totalCostUsd, totalUsage } from '../record/call-totals.ts'
import type { ValueStorage } from '../record/value-storage.ts'
import type { Attempt } from './attempt-task.ts'
import type { SampleJob, StoredRow } from './sample-job.ts'
import type { SampleScope } from './sample-scope.ts'

/** The record of a sample, every value in its stored form. */
export function sampleRecord(
  { key, run, revision, sample }: SampleJob,
  facts: { startedAt: string; given: StoredRow; attempt: Attempt; scope: SampleScope },
  parts: Pick<SampleRecord, 'outcome'> & Partial<SampleRecord>,
): SampleRecord {
  const { startedAt, given, attempt, scope } = facts
  const { values } = scope
  const { outcome, passed = null, scores = {}, ...rest } = parts
  const model = scope.calls.findLast((call) => call.purpose === 'task')?.model
  return {
    v: 1,
    run,
    revision,
    ...key,
    rowHash: sample.rowHash,
    outcome,
    passed,
    ...given,
    ...(attempt.output === undefined ? {} : { output: attempt.output }),
    scores: Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, storeScore(name, score, values)])),
    ...(model === undefined ? {} : { model }),
    usage: totalUsage(scope.calls),
    costUsd: totalCostUsd(scope.calls),
    startedAt,
    durationMs: attempt.durationMs,
    queuedMs: 0,
    calls: [...scope.calls],
    trace: [...scope.trace],
    tags: sample.tags,
    metadata: values.storeRecord('metadata', scope.metadata),
    ...rest,
  }
}

function storeScore(name: string, score: StoredScore, values: ValueStorage): StoredScore {
  if (score.metadata === undefined) return score
  return { ...score, metadata: values.storeRecord(`scores.${name}.metadata`, score.metadata) }
}
