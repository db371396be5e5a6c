import { isDeepStrictEqual } from 'node:util'
import { evalKey, type EvalSummary, type ExperimentDocument } from '@evals/core'

/**
 * Of shards by sample that run at the same time the later one judges, and may be the first to end: where this one has
 * judged nothing of an eval, what the other one found of the same results stays.
 */
export function keepVerdicts(
  summaries: readonly EvalSummary[],
  { evals }: Pick<ExperimentDocument, 'evals'>,
): EvalSummary[] {
  return summaries.map((summary) => {
    const stored = evals[evalKey(summary.eval, summary.variant)]
    const isJudged = stored !== undefined && stored.verdict !== null
    return summary.verdict === null && isJudged && isOfSameResults(summary, stored) ? stored : summary
  })
}

function isOfSameResults(summary: EvalSummary, stored: EvalSummary): boolean {
  // The document was JSON, which has no `undefined`.
  return isDeepStrictEqual(JSON.parse(JSON.stringify(figuresOf(summary))), figuresOf(stored))
}

/** What both can compute from the records: a metric needs the scorer's code. */
function figuresOf({ samples, scorers, latencyMs, costUsd, thresholds }: EvalSummary): unknown {
  const own = Object.entries(scorers).map(([name, { metrics: _metrics, ...figures }]) => ({ name, figures }))
  const asked = thresholds.map(({ threshold }) => threshold).toSorted()
  return { samples, own, latencyMs, costUsd, asked }
}
