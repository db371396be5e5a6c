import type { EvalSummary } from './eval-summary.ts'

/** How many samples (× epochs) of some evals have a record. */
export function recordedSamples(evals: readonly Pick<EvalSummary, 'samples'>[]): number {
  return evals.reduce((sum, { samples: { total, missing } }) => sum + total - missing, 0)
}
