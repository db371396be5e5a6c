import type { ExperimentOverview, ScorerOverview } from '../protocol.ts'

/** An eval and the scorers that some experiment has of it. */
export interface TrendChoice {
  readonly key: string
  readonly scorers: readonly string[]
}

/** One experiment's estimate. */
export interface TrendPoint
  extends Pick<ExperimentOverview, 'experiment' | 'createdAt' | 'status'>, Pick<ScorerOverview, 'mean' | 'ci' | 'n'> {
  readonly commit: string | undefined
}

/** What there is to look at over time. */
export function trendChoices(experiments: readonly ExperimentOverview[]): TrendChoice[] {
  const scorersOf = new Map<string, Set<string>>()
  for (const [key, { scorers }] of experiments.flatMap(({ evals }) => Object.entries(evals))) {
    const names = scorersOf.get(key) ?? new Set()
    for (const name of Object.keys(scorers)) names.add(name)
    if (names.size > 0) scorersOf.set(key, names)
  }
  return [...scorersOf].map(([key, scorers]) => ({ key, scorers: [...scorers] }))
}

/** A scorer's estimates, the oldest experiment first. */
export function trendOf(experiments: readonly ExperimentOverview[], key: string, scorer: string): TrendPoint[] {
  return experiments
    .flatMap(({ experiment, createdAt, status, commit, evals }) => {
      const estimate = evals[key]?.scorers[scorer]
      if (estimate === undefined || estimate.mean === null) return []
      const { mean, ci, n } = estimate
      return [{ experiment, createdAt, status, commit, mean, ci, n }]
    })
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
}
