import type { ExperimentDocument, ExperimentStatus } from '../store/experiment-document.ts'
import type { EvalSummary } from '../summary/eval-summary.ts'

/** How an experiment stands that has these evals, after a run that ended or was interrupted. */
export function experimentStatus(
  { evals, undeclared = [] }: Pick<ExperimentDocument, 'evals' | 'undeclared'>,
  interrupted: boolean,
): ExperimentStatus {
  const summaries = Object.values(evals)
  if (interrupted) return 'interrupted'
  if (summaries.some(({ samples }) => samples.missing + samples.cancelled > 0)) return 'partial'
  const isFlawed = ({ samples, scorers }: EvalSummary): boolean =>
    samples.error + samples.timeout + (samples.unjudged ?? 0) > 0 ||
    Object.values(scorers).some(({ failed }) => failed > 0)
  return undeclared.length > 0 || summaries.some(isFlawed) ? 'completed-with-errors' : 'completed'
}
