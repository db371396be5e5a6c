import type { LimiterChange } from '../limiter/limiter-change.ts'
import type { EvalSummary } from '../summary/eval-summary.ts'
import type { UndeclaredEval } from './undeclared-eval.ts'

/**
 * `partial`: a filter left samples out; `completed-with-errors`: all planned samples have a record, not all are scored, or
 * an eval could not be declared.
 */
export type ExperimentStatus = 'running' | 'interrupted' | 'partial' | 'completed' | 'completed-with-errors'

/** One process's execution. */
export interface RunInfo {
  readonly id: string
  readonly startedAt: string
  readonly endedAt?: string
  /** Why it ended; absent while it runs, or if it was killed. */
  readonly ended?: 'finished' | 'interrupted'
  readonly git?: { readonly commit: string; readonly branch: string | null; readonly dirty: boolean }
  readonly versions: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, unknown>>
  /** How many connections the limiter let each account use, and why that changed; the last changes of a long run. */
  readonly limits?: readonly LimiterChange[]
}

/** The small document of an experiment, `experiment.json` on disk. */
export interface ExperimentDocument {
  readonly version: 1
  readonly experiment: string
  readonly status: ExperimentStatus
  readonly createdAt: string
  readonly updatedAt: string
  /** Why the stored document could not be used, where this one was made from the records; absent otherwise. */
  readonly rebuilt?: string
  /** Oldest first. */
  readonly runs: readonly RunInfo[]
  /** By eval, with the variant in brackets: `qa.eval.ts > capitals [model=mini]`. */
  readonly evals: Readonly<Record<string, EvalSummary>>
  /** Evals that could not be declared when they were last tried; absent where all could. */
  readonly undeclared?: readonly UndeclaredEval[]
}
