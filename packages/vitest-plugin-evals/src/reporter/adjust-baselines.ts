import type { EvalSummary } from '@evals/core'

/** Adds to each score that was compared with a baseline what is left of its verdict when all tests of the run count. */
export async function adjustBaselines(summaries: EvalSummary[]): Promise<EvalSummary[]> {
  const scores = summaries.flatMap(({ baseline }) => baseline?.scores ?? [])
  if (scores.length === 0) return summaries
  const { adjustOverRun } = await import('@evals/core/stats')
  const adjusted = new Map(adjustOverRun(scores).map((score, index) => [scores[index], score]))
  return summaries.map((summary) => {
    const { baseline } = summary
    if (baseline === undefined) return summary
    return {
      ...summary,
      baseline: { ...baseline, scores: baseline.scores.map((score) => adjusted.get(score) ?? score) },
    }
  })
}
