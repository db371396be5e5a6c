import type { EvalSummary, ExperimentStatus } from '@evals/core'

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
  if (interrupted) return 'interrupted'
  if (sharded || summaries.some(({ samples }) => samples.missing + samples.cancelled > 0)) return 'partial'
  const flawed = summaries.some(
    ({ samples, scorers }) =>
      samples.error + samples.timeout > 0 || Object.values(scorers).some(({ failed }) => failed > 0),
  )
  return flawed || undeclared ? 'completed-with-errors' : 'completed'
}
