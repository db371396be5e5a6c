import { rebuildDocument, whatCounts, type EvalSummary } from '@evals/core'
import type { FoundExperiment } from '../experiment/find-experiment.ts'

/**
 * The figures of all evals: those the last run wrote at its end, or what is recorded so far where a run goes on or was
 * killed. Then nobody knows how many samples are planned, and no threshold is judged.
 */
export async function figuresOf({ store, document }: FoundExperiment): Promise<readonly EvalSummary[]> {
  if (document.status !== 'running') return Object.values(document.evals)
  const reason = 'a run goes on, or was killed'
  const soFar = await rebuildDocument(store, document.experiment, { reason, ...whatCounts(document) })
  return Object.values({ ...document.evals, ...soFar?.evals })
}
