import type { ExperimentOverview, ScorerOverview } from '../protocol.ts'

/** An eval and the scorers that some experiment has of it. */
export interface TrendChoice {
  readonly key: string
  readonly scorers: readonly string[]
}

/** One experiment's estimate. */
export interface TrendPoint
  extends Pick<ExperimentOverview, 'experiment' | 'createdAt' | 'status'>, Pick<ScorerOverview, 'mean' | 'ci' | 'n'> {
  readonly git: ExperimentOverview['git'] | undefined
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
    .flatMap(({ experiment, createdAt, status, git, evals }) => {
      const estimate = evals[key]?.scorers[scorer]
      if (estimate === undefined || estimate.mean === null) return []
      const { mean, ci, n } = estimate
      return [{ experiment, createdAt, status, git, mean, ci, n }]
    })
    .toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
}

/** Estimates with their places in a chart. */
export interface PlacedTrend {
  /** In the order of their places. */
  readonly points: readonly TrendPoint[]
  /** Of each point: Unix time in seconds, or the number of its name. */
  readonly places: readonly number[]
  readonly names?: readonly string[] | undefined
}

export function byTime(points: readonly TrendPoint[]): PlacedTrend {
  return { points, places: points.map(({ createdAt }) => Date.parse(createdAt) / 1000) }
}

/** Commits in the order in which they were first run; those of one commit stand above each other, those of none are left out. */
export function byCommit(points: readonly TrendPoint[]): PlacedTrend {
  const groups = [...Map.groupBy(points, ({ git }) => git?.commit)].filter(([commit]) => commit !== undefined)
  return {
    points: groups.flatMap(([, group]) => group),
    places: groups.flatMap(([, group], place) => group.map(() => place)),
    names: groups.map(([commit]) => commit!.slice(0, 7)),
  }
}
