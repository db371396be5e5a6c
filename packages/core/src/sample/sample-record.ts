import type { SampleRecord, StoredScore, TraceEntry } from '../record/record.ts'
import { totalCostUsd, totalUsage } from '../record/call-totals.ts'
import type { ValueStorage } from '../record/value-storage.ts'
import { setMember } from '../stored-value/stored-form.ts'
import type { Attempt } from './attempt-task.ts'
import type { SampleJob, SamplePlan, StoredRow } from './sample-job.ts'
import type { SampleScope } from './sample-scope.ts'

/** The record of a sample, every value in its stored form. */
export function sampleRecord(
  {
    key,
    run,
    revision,
    sample,
    plan: { traces = 'errors' },
  }: Pick<SampleJob, 'key' | 'run' | 'revision' | 'sample' | 'plan'>,
  facts: {
    startedAt: string
    given: StoredRow
    attempt: Pick<Attempt, 'output' | 'durationMs' | 'queuedMs'>
    scope: SampleScope
  },
  parts: Pick<SampleRecord, 'outcome'> & Partial<SampleRecord>,
): SampleRecord {
  const { startedAt, given, attempt, scope } = facts
  const { values } = scope
  const { scores = {} } = parts
  const model = scope.calls.findLast((call) => call.purpose === 'task')?.model
  // Members that may be absent come last: spreading them in would take most of the time a record takes.
  const record: Writable<SampleRecord> = {
    v: 1,
    run,
    revision,
    eval: key.eval,
    variant: key.variant,
    id: key.id,
    epoch: key.epoch,
    rowHash: sample.rowHash,
    outcome: parts.outcome,
    passed: parts.passed ?? null,
    scores: storeScores(scores, values),
    usage: totalUsage(scope.calls),
    costUsd: totalCostUsd(scope.calls),
    startedAt,
    durationMs: attempt.durationMs,
    queuedMs: attempt.queuedMs,
    calls: [...scope.calls],
    trace: keptTrace(scope.trace, keepsCalls(traces, parts)),
    tags: sample.tags,
    metadata: values.storeRecord('metadata', scope.metadata),
    input: given.input,
  }
  if (sample.cluster !== undefined) record.cluster = sample.cluster
  if (given.expected !== undefined) record.expected = given.expected
  if (attempt.output !== undefined) record.output = attempt.output
  if (parts.scorers !== undefined) record.scorers = parts.scorers
  if (parts.error !== undefined) record.error = parts.error
  if (parts.failure !== undefined) record.failure = parts.failure
  if (model !== undefined) record.model = model
  if (scope.limit !== undefined) record.limit = scope.limit
  return record
}

/** What has yet to be scored has not failed. */
function keepsCalls(
  traces: NonNullable<SamplePlan['traces']>,
  { outcome, passed }: Pick<Partial<SampleRecord>, 'outcome' | 'passed'>,
): boolean {
  return traces === 'all' || (traces === 'errors' && passed !== true && outcome !== 'answered')
}

/** The trace, with or without what models were asked and answered. */
export function keptTrace(trace: readonly TraceEntry[], withCalls: boolean): TraceEntry[] {
  if (withCalls) return [...trace]
  return trace.map((entry) => {
    if (entry.type !== 'model') return entry
    const { question: _question, answer: _answer, raw: _raw, ...kept } = entry
    return kept
  })
}

type Writable<Type> = { -readonly [Name in keyof Type]: Type[Name] }

function storeScores(scores: Readonly<Record<string, StoredScore>>, values: ValueStorage): Record<string, StoredScore> {
  const stored: Record<string, StoredScore> = {}
  for (const [name, score] of Object.entries(scores)) setMember(stored, name, storeScore(name, score, values))
  return stored
}

function storeScore(name: string, score: StoredScore, values: ValueStorage): StoredScore {
  if (score.metadata === undefined) return score
  return { ...score, metadata: values.storeRecord(`scores.${name}.metadata`, score.metadata) }
}
