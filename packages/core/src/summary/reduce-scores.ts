import { reduceEpochs } from '../reducers/reduce-epochs.ts'
import type { Reducer } from '../reducers/reducer.ts'
import { rangeOf } from '../scoring/read-scorer-result.ts'
import type { Estimate } from '../stats/estimate.ts'
import { clusterNames } from './cluster-names.ts'
import type { ScorerDeclaration } from './eval-summary.ts'
import type { SampleResult } from './sample-result.ts'

/** The scores of one scorer by the position of the sample, an entry per epoch. */
interface EpochColumn {
  readonly scale: Omit<ScorerDeclaration, 'name'>
  readonly epochs: (number | null)[][]
  onlyBooleans: boolean
}

/**
 * What reducers make of an eval's results: scorer → reducer → the mean over the samples that have such a result, with its
 * interval. A reducer without any, as `passAt5` of three epochs, is left out. Stored scores that are not what is declared
 * count all the same, with a note.
 */
export async function reduceScores(
  results: Iterable<SampleResult>,
  declared: readonly ScorerDeclaration[],
  reducers: readonly Reducer[],
): Promise<Record<string, Record<string, Estimate>>> {
  if (reducers.length === 0) return {}
  const { estimateDeclared } = await import('./estimate-declared.ts')
  const { columns, clusterAt } = gatherEpochs(results, declared)
  const reduced = [...columns].map(([scorer, { scale, epochs, onlyBooleans }]) => {
    const rows = epochs.map((scores) => reduceEpochs(scores, reducers))
    const { kind = onlyBooleans ? 'binary' : 'graded' } = scale
    const estimates = reducers.flatMap((reducer) => {
      const positions = [...rows.keys()].filter((position) => typeof rows[position]?.[reducer.name] === 'number')
      const clusters = clusterNames(positions, clusterAt)
      const range = reducer.range ?? rangeOf({ ...scale, kind })
      const values = positions.map((position) => rows[position]![reducer.name]!)
      const estimate = estimateDeclared(values, { kind: reducer.kind(kind), range, clusters })
      return estimate === null ? [] : [[reducer.name, estimate] as const]
    })
    return [scorer, Object.fromEntries(estimates)] as const
  })
  return Object.fromEntries(reduced.filter(([, estimates]) => Object.keys(estimates).length > 0))
}

function gatherEpochs(
  results: Iterable<SampleResult>,
  declared: readonly ScorerDeclaration[],
): { columns: Map<string, EpochColumn>; clusterAt: (position: number) => string | undefined } {
  const create = (scale: EpochColumn['scale']): EpochColumn => ({ scale, epochs: [], onlyBooleans: true })
  const columns = new Map(declared.map(({ name, ...scale }) => [name, create(scale)]))
  const positions = new Map<string, number>()
  const clusters: string[] = []
  for (const { id, epoch, scores, outcome, cluster, givers = {} } of results) {
    if (outcome === 'cancelled') continue
    const position = positions.get(id) ?? positions.size
    positions.set(id, position)
    if (cluster !== undefined) clusters[position] = cluster
    for (const [name, score] of Object.entries(scores)) {
      if (score === null || typeof score === 'string') continue
      let column = columns.get(name)
      if (column === undefined) columns.set(name, (column = create(columns.get(givers[name] ?? '')?.scale ?? {})))
      if (typeof score === 'number') column.onlyBooleans = false
      const epochs = (column.epochs[position] ??= [])
      epochs[epoch] = Number(score)
    }
  }
  return { columns, clusterAt: (position) => clusters[position] }
}
