import type { EvalSummary, ExperimentStatus } from '@evals/core'

/** How an experiment stands after a run. */
export function statusOf(
  summaries: readonly EvalSummary[],
  { interrupted, sharded }: { interrupted: boolean; sharded: boolean },
): ExperimentStatus {
  if (interrupted) return 'interrupted'
  if (sharded || summaries.some(({ samples }) => samples.missing + samples.cancelled > 0)) return 'partial'
  const flawed = summaries.some(
    ({ samples, scorers }) =>
      samples.error + samples.timeout > 0 || Object.values(scorers).some(({ failed }) => failed > 0),
  )
  return flawed ? 'completed-with-errors' : 'completed'
}
