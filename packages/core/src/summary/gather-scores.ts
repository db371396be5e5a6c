import type { ScorerDeclaration } from './eval-summary.ts'
import type { SampleResult } from './sample-result.ts'
import { ScoreColumn } from './score-column.ts'

/** The scores of one scorer over an eval. */
export interface GatheredColumn {
  readonly scale: Omit<ScorerDeclaration, 'name'>
  readonly column: ScoreColumn
  /** Records without a score, by reason. */
  readonly counts: { notScored: number; failed: number; absent: number }
}

/** Results by scorer; of a sample its position, scores and cluster are kept, so that 100,000 take a few megabytes. */
export interface GatheredScores {
  /** Samples that were not cancelled. */
  readonly samples: number
  readonly columns: ReadonlyMap<string, GatheredColumn>
  /** How many epochs of a sample have a result that was not cancelled. */
  epochsAt(position: number): number
  clusterAt(position: number): string | undefined
}

/**
 * Sorts results into columns: those of declared scorers first, then other scores, which are on the scale of the scorer
 * that gave them. A scorer that gave nothing but scores of other names has no column of its own.
 */
export function gatherScores(results: Iterable<SampleResult>, declared: readonly ScorerDeclaration[]): GatheredScores {
  const columns = new Map(declared.map(({ name, ...scale }) => [name, createColumn(scale)]))
  const positions = new Map<string, number>()
  const epochs: number[] = []
  const clusters: string[] = []
  const giving = new Set<string>()
  for (const { id, scores, outcome, cluster, givers = {} } of results) {
    if (outcome === 'cancelled') continue
    const position = positions.get(id) ?? positions.size
    positions.set(id, position)
    epochs[position] = (epochs[position] ?? 0) + 1
    if (cluster !== undefined) clusters[position] = cluster
    for (const [name, score] of Object.entries(scores)) {
      let gathered = columns.get(name)
      if (gathered === undefined) {
        const giver = givers[name]
        if (giver !== undefined) giving.add(giver)
        columns.set(name, (gathered = createColumn(columns.get(giver ?? '')?.scale ?? {})))
      }
      gathered.column.add(position, score)
      if (score === null) gathered.counts.notScored += 1
      else if (typeof score === 'string') gathered.counts[score] += 1
    }
  }
  for (const name of giving) if (isEmpty(columns.get(name))) columns.delete(name)
  return {
    samples: positions.size,
    columns,
    epochsAt: (position) => epochs[position] ?? 0,
    clusterAt: (position) => clusters[position],
  }
}

function isEmpty(gathered: GatheredColumn | undefined): boolean {
  return gathered?.column.size === 0 && Object.values(gathered.counts).every((count) => count === 0)
}

function createColumn(scale: GatheredColumn['scale']): GatheredColumn {
  return { scale, column: new ScoreColumn(), counts: { notScored: 0, failed: 0, absent: 0 } }
}
