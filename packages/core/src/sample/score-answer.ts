import { totalCostUsd, totalUsage } from '../record/call-totals.ts'
import type { StoredScore, TraceEntry } from '../record/record.ts'
import { toStoredError } from '../record/stored-error.ts'
import { readScorerResult } from '../scoring/read-scorer-result.ts'
import { runScorers, type ScoringResult } from '../scoring/run-scorers.ts'
import type { Scorer, ScorerInput } from '../scoring/scorer.ts'
import { setMember } from '../stored-value/stored-form.ts'
import type { Answer } from './attempt-task.ts'
import type { SampleJob, StoredRow } from './sample-job.ts'
import { keptTrace } from './sample-record.ts'
import type { SampleScope } from './sample-scope.ts'

const absent: StoredScore = { value: null, absent: true, explanation: 'not judged: an assertion of the task failed' }

interface ScoringFacts {
  readonly given: StoredRow
  readonly scope: SampleScope
}

/** All scores of one answer: what the task scored itself, its assertions, and what the scorers say. */
export async function scoreAnswer(
  job: SampleJob,
  answer: Answer,
  { given, scope }: ScoringFacts,
): Promise<ScoringResult> {
  const own = taskScores(answer, scope)
  if (answer.assertionFailure !== undefined) {
    const skipped = Object.fromEntries(job.plan.scorers.map(({ name }) => [name, absent]))
    const explanation = toStoredError(answer.assertionFailure).message
    return {
      scores: { assertions: { value: 0, kind: 'binary', explanation }, ...skipped, ...own.scores },
      errors: own.errors,
      judged: [],
    }
  }
  if (answer.output === undefined)
    return { scores: { ...unjudged(job), ...own.scores }, errors: own.errors, judged: [] }
  const judged = await askScorers(job, answer, { given, scope, scorers: job.plan.scorers, taken: own.scores })
  return { ...judged, errors: [...own.errors, ...judged.errors] }
}

/** Lets scorers judge an answer, within the time of its sample; `taken` are scores that there are already. */
export function askScorers(
  job: Pick<SampleJob, 'sample' | 'key' | 'plan' | 'signal' | 'clock'>,
  answer: Pick<Answer, 'output' | 'durationMs'>,
  {
    scorers,
    taken,
    ...facts
  }: ScoringFacts & { scorers: readonly Scorer[]; taken: Readonly<Record<string, StoredScore>> },
): Promise<ScoringResult> {
  return runScorers(scorers, scorerInput(job, answer, facts), {
    timeoutMs: job.plan.sampleTimeoutMs,
    clock: job.clock,
    waits: facts.scope.waits,
    maxWaitMs: job.plan.maxWaitMs ?? 0,
    columns: job.sample.columns,
    taken,
  })
}

/** What the scorers of an answer see. */
function scorerInput(
  { sample, key, plan, signal }: Pick<SampleJob, 'sample' | 'key' | 'plan' | 'signal'>,
  answer: Pick<Answer, 'output' | 'durationMs'>,
  { given, scope }: ScoringFacts,
): ScorerInput {
  const { values } = scope
  const metadata = Object.entries(values.storeRecord('metadata', scope.metadata))
  return {
    input: values.restore(given.input),
    output: values.restore(answer.output),
    expected: values.restore(given.expected),
    metadata: Object.fromEntries(metadata.map(([name, value]) => [name, values.restore(value)])),
    tags: sample.tags,
    calls: [...scope.calls],
    trace: keptTrace(scope.trace, plan.traces === 'all').map((entry) => restoreTraceEntry(entry, scope)),
    usage: totalUsage(scope.calls),
    costUsd: totalCostUsd(scope.calls),
    durationMs: answer.durationMs,
    epoch: key.epoch,
    variant: key.variant,
    signal,
  }
}

/** A task that only called `context.score` left nothing for the scorers to look at. */
function unjudged({ plan }: SampleJob): Record<string, StoredScore> {
  const nothing: StoredScore = { value: null, explanation: 'not judged: the task returned no output' }
  return Object.fromEntries(plan.scorers.map(({ name }) => [name, nothing]))
}

function restoreTraceEntry(entry: TraceEntry, { values }: SampleScope): TraceEntry {
  if (entry.type === 'log') return { ...entry, values: entry.values.map((value) => values.restore(value)) }
  if (entry.type === 'tool' && 'arguments' in entry) return { ...entry, arguments: values.restore(entry.arguments) }
  if (entry.type !== 'model' || !('question' in entry)) return entry
  const { question, answer, raw } = entry
  return {
    ...entry,
    question: values.restore(question),
    ...(answer === undefined ? {} : { answer: values.restore(answer) }),
    ...(raw === undefined ? {} : { raw: values.restore(raw) }),
  }
}

/**
 * What the task says of its answer: what `context.score` was given, where an impossible value costs only that score, and
 * that its assertions held.
 */
export function taskScores(
  { assertionsMade, assertionFailure }: Pick<Answer, 'assertionsMade' | 'assertionFailure'>,
  scope: SampleScope,
): { scores: Record<string, StoredScore>; errors: unknown[] } {
  const scores: Record<string, StoredScore> = {}
  const errors: unknown[] = []
  for (const [name, value] of scope.scores) {
    try {
      for (const [scoreName, score] of readScorerResult(value, { name })) setMember(scores, scoreName, score)
    } catch (error) {
      setMember(scores, name, { value: null, error: toStoredError(error) })
      errors.push(error)
    }
  }
  if (assertionsMade > 0 && assertionFailure === undefined) scores['assertions'] = { value: 1, kind: 'binary' }
  return { scores, errors }
}
