import type { EvalSummary } from '../summary/eval-summary.ts'
import type { ExperimentDocument } from './experiment-document.ts'

/**
 * Samples that have records and are no part of their eval any more: eval (see `evalKey`) → keys (see `keyOf`). The records
 * count no more.
 */
export type RemovedSamples = ReadonlyMap<string, ReadonlySet<string>>

/** What the document of an experiment tells of them. */
export function removedSamples({ evals }: Pick<ExperimentDocument, 'evals'>): RemovedSamples {
  return new Map(
    Object.entries(evals).flatMap(([key, { removed = [] }]) => (removed.length === 0 ? [] : [[key, new Set(removed)]])),
  )
}

/**
 * The figures of an eval as its document keeps them: a run of only some samples does not tell what is no part of the eval any
 * more, so that what was known before stands.
 * @param before the figures that the document has
 */
export function withRemoved(summary: EvalSummary, before: EvalSummary | undefined): EvalSummary {
  const { removed = before?.removed ?? [], ...figures } = summary
  return removed.length === 0 ? figures : { ...figures, removed }
}
