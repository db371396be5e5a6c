import type { ScorerDeclaration, ScorerSummary } from './eval-summary.ts'
import { gatherScores } from './gather-scores.ts'
import type { SampleResult } from './sample-result.ts'

/**
 * The scorers' figures over results; scores no declared scorer gave get a summary of their own.
 *
 * @param options.planning with what a next comparison could see, which takes longer. Default false
 */
export async function summarizeScores(
  results: Iterable<SampleResult>,
  declared: readonly ScorerDeclaration[],
  { planning = false }: { readonly planning?: boolean } = {},
): Promise<Record<string, ScorerSummary>> {
  const gathered = gatherScores(results, declared)
  const { detectableDifference, scorerFigures } = await import('./scorer-figures.ts')
  const scored = [...gathered.columns.values()].filter(({ column }) => column.size > 0)
  return Object.fromEntries(
    [...gathered.columns].map(([name, column]) => {
      const figures = scorerFigures(column, gathered)
      if (!planning) return [name, figures]
      return [name, { ...figures, minimumDetectableDifference: detectableDifference(figures, scored.length) }]
    }),
  )
}
