import {
  evalKey,
  nextUndeclared,
  withRemoved,
  type EvalSummary,
  type ExperimentDocument,
  type LimiterChange,
  type RunInfo,
  type UndeclaredEval,
} from '@evals/core'
import { statusOf, type RunOutcome } from './experiment-status.ts'

/** What a run, or a merge of reports, found. */
export interface RunEnd {
  /** How the limiter changed what it lets through. */
  readonly limits?: readonly LimiterChange[]
  readonly outcome: RunOutcome
  readonly summaries: readonly EvalSummary[]
  /** Names of the evals that could be declared, those included of which nothing ran. */
  readonly declared: Iterable<string>
  readonly undeclared: readonly UndeclaredEval[]
}

/** What `experiment.json` says once a run has begun. */
export function beginDocument(
  before: ExperimentDocument | undefined,
  experiment: string,
  run: RunInfo,
): ExperimentDocument {
  const { startedAt } = run
  return {
    version: 1,
    experiment,
    status: 'running',
    createdAt: before?.createdAt ?? startedAt,
    updatedAt: startedAt,
    runs: [...(before?.runs ?? []), run],
    evals: before?.evals ?? {},
    ...(before?.undeclared === undefined ? {} : { undeclared: before.undeclared }),
  }
}

/** A document with what is known of a run by now. */
export function withRun({ runs, ...document }: ExperimentDocument, run: RunInfo): ExperimentDocument {
  const isKnown = runs.some(({ id }) => id === run.id)
  const merged = runs.map((each) => (each.id === run.id ? { ...each, ...run } : each))
  return { ...document, runs: isKnown ? merged : [...runs, run] }
}

/** What `experiment.json` says of evals that are to run: what is found of them already, and what they are now. */
export function withPlanned(document: ExperimentDocument, planned: readonly EvalSummary[]): ExperimentDocument {
  const evals = { ...document.evals }
  for (const summary of planned) {
    const key = evalKey(summary.eval, summary.variant)
    const before = evals[key]
    const { fingerprint, removed } = summary
    const found = {
      ...(before ?? summary),
      ...(removed === undefined ? {} : { removed }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
    }
    evals[key] = withRemoved(found, before)
  }
  // Another shard that ended may have said otherwise.
  return { ...document, status: 'running', evals }
}

/** What `experiment.json` says once a run is over. */
export function endDocument(before: ExperimentDocument, { outcome, summaries, ...tried }: RunEnd): ExperimentDocument {
  const { undeclared: undeclaredBefore, ...document } = before
  const own = Object.fromEntries(
    summaries.map((summary) => {
      const key = evalKey(summary.eval, summary.variant)
      return [key, withRemoved(summary, document.evals[key])] as const
    }),
  )
  const others = Object.entries(document.evals).filter(([key]) => !Object.hasOwn(own, key))
  const evals = { ...Object.fromEntries(others), ...own }
  const undeclared = nextUndeclared(undeclaredBefore, tried)
  const status = statusOf({ evals, undeclared }, outcome)
  const updatedAt = new Date().toISOString()
  return { ...document, status, updatedAt, evals, ...(undeclared.length === 0 ? {} : { undeclared }) }
}
