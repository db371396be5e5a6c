import type { ExperimentOverview } from '../protocol.ts'

/** What experiments can be sorted by. */
export type ExperimentOrder = 'experiment' | 'status' | 'samples' | 'errors' | 'cost' | 'time' | 'created'

const values: Readonly<Record<ExperimentOrder, (experiment: ExperimentOverview) => string | number>> = {
  experiment: ({ experiment }) => experiment,
  status: ({ status }) => status,
  samples: (experiment) => countSamples(experiment).total,
  errors: (experiment) => countSamples(experiment).errors,
  cost: ({ costUsd }) => costUsd ?? -1,
  time: ({ durationMs }) => durationMs ?? -1,
  created: ({ createdAt }) => createdAt,
}

/** The experiments that match `q` and `tag`, in the order of `sort`: a name, or with `-` the greatest first. */
export function selectExperiments(
  experiments: readonly ExperimentOverview[],
  params: URLSearchParams,
): ExperimentOverview[] {
  const words = (params.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const tag = params.get('tag') ?? ''
  const sort = params.get('sort') ?? '-created'
  const [order, sign] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1]
  const value = Object.hasOwn(values, order) ? values[order as ExperimentOrder] : values.created
  return experiments
    .filter(({ evals }) => tag === '' || Object.values(evals).some(({ tags }) => tags.includes(tag)))
    .filter((experiment) => {
      const text = textOf(experiment)
      return words.every((word) => text.includes(word))
    })
    .toSorted((a, b) => sign * compareValues(value(a), value(b)))
}

/** Samples of all evals together. */
export function countSamples({ evals }: ExperimentOverview): { total: number; missing: number; errors: number } {
  const counts = { total: 0, missing: 0, errors: 0 }
  for (const { samples } of Object.values(evals)) {
    counts.total += samples.total
    counts.missing += samples.missing
    counts.errors += samples.error + samples.timeout
  }
  return counts
}

function textOf({ experiment, status, evals }: ExperimentOverview): string {
  const names = Object.entries(evals).flatMap(([key, { scorers }]) => [key, ...Object.keys(scorers)])
  return [experiment, status, ...names].join('\n').toLowerCase()
}

function compareValues(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
