import { evalKey } from '@evals/core'
import type { ResumedMeta } from '../protocol.ts'
import { formatInteger } from './format.ts'
import type { ReportedEval } from './reported-eval.ts'

/**
 * How the run's evals went on with what earlier runs recorded, and how they differ from it. To be called before
 * unreported results are added: where a planned sample was not reported, only what was planned is told.
 */
export function resumedLines(entries: readonly ReportedEval[]): string[] {
  return entries.flatMap(({ meta, results }) => {
    if (meta.resumed === undefined) return []
    const { counts, drift } = meta.resumed
    const name = evalKey(meta.eval, meta.variant)
    const isDone =
      results.size === meta.planned && [...results.values()].every(({ outcome }) => outcome !== 'cancelled')
    // Present where the run is a shard by sample.
    const isShard = meta.thresholds !== undefined
    return [isDone ? done(counts) : planned(counts, isShard), ...drift].map((line) => `${name}: ${line}`)
  })
}

type Counts = ResumedMeta['counts']

function done({ keep, score, run }: Counts): string {
  if (score + run === 0) return `complete, all ${formatInteger(keep)} kept`
  return `resumed, ${list([
    [keep, 'kept'],
    [score, 'scored again'],
    [run, 'run'],
  ])}`
}

function planned({ keep, score, run }: Counts, isShard: boolean): string {
  return `resumed with ${list([
    [keep, 'to keep'],
    [score, 'to score again'],
    [run, 'to run'],
  ])}${isShard ? ', in all shards' : ''}`
}

function list(parts: readonly (readonly [count: number, what: string])[]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${formatInteger(count)} ${what}`)
    .join(', ')
}
