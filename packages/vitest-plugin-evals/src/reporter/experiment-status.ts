import { experimentStatus, type EvalSummary, type ExperimentStatus } from '@evals/core'

/** What a run was, besides the figures of its evals. */
export interface RunOutcome {
  readonly interrupted: boolean
  /** Vitest's `--shard` left files out. */
  readonly sharded: boolean
  /** An eval or a whole file could not be declared, so that nobody knows its samples. */
  readonly undeclared: boolean
}

/** How an experiment stands after a run, whose evals include those of its earlier runs. */
export function statusOf(
  summaries: readonly EvalSummary[],
  { interrupted, sharded, undeclared }: RunOutcome,
): ExperimentStatus {
  const status = experimentStatus(summaries, interrupted)
  if (status === 'interrupted') return status
  if (sharded) return 'partial'
  return status === 'completed' && undeclared ? 'completed-with-errors' : status
}
