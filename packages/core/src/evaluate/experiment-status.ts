import type { ExperimentStatus } from '../store/experiment-document.ts'
import type { EvalSummary } from '../summary/eval-summary.ts'

/** How an experiment stands that has these evals, after a run that ended or was interrupted. */
export function experimentStatus(summaries: readonly EvalSummary[], interrupted: boolean): ExperimentStatus {
  if (interrupted) return 'interrupted'
  if (summaries.some(({ samples }) => samples.missing + samples.cancelled > 0)) return 'partial'
  const isFlawed = ({ samples, scorers }: EvalSummary): boolean =>
    samples.error + samples.timeout > 0 || Object.values(scorers).some(({ failed }) => failed > 0)
  return summaries.some(isFlawed) ? 'completed-with-errors' : 'completed'
}
