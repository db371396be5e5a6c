import { experimentStatus, type ExperimentDocument, type ExperimentStatus } from '@evals/core'

/** What a run was, besides the figures of its evals. */
export interface RunOutcome {
  readonly interrupted: boolean
  /** Vitest's `--shard` left files out. */
  readonly sharded: boolean
  /** A file failed to load, so that nobody knows its evals. */
  readonly unloaded: boolean
}

/** How an experiment stands after a run, whose evals include those of its earlier runs. */
export function statusOf(
  parts: Pick<ExperimentDocument, 'evals' | 'undeclared'>,
  { interrupted, sharded, unloaded }: RunOutcome,
): ExperimentStatus {
  const status = experimentStatus(parts, interrupted)
  if (status === 'interrupted') return status
  if (sharded) return 'partial'
  return status === 'completed' && unloaded ? 'completed-with-errors' : status
}
