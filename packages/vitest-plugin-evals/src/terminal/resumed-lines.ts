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
    const { counts, drift, relabelled } = meta.resumed
    const facts = { ...counts, relabelled }
    const name = evalKey(meta.eval, meta.variant)
    const isDone =
      results.size === meta.planned && [...results.values()].every(({ outcome }) => outcome !== 'cancelled')
    // Present where the run is a shard by sample.
    const isShard = meta.thresholds !== undefined
    return [isDone ? done(facts) : planned(facts, isShard), ...drift].map((line) => `${name}: ${line}`)
  })
}

type Counts = ResumedMeta['counts'] & { readonly relabelled: number | undefined }

/** Which of the changed rows have another input is known only when their stored answers are read. */
function orRun({ relabelled = 0 }: Counts): string {
  return relabelled === 0 ? '' : ' (or run, where the input changed)'
}

function done(counts: Counts): string {
  const { keep, score, run } = counts
  if (score + run === 0) return `complete, all ${formatInteger(keep)} kept`
  return `resumed, ${list([
    [keep, 'kept'],
    [score, `scored again${orRun(counts)}`],
    [run, 'run'],
  ])}`
}

function planned(counts: Counts, isShard: boolean): string {
  const { keep, score, run } = counts
  return `resumed with ${list([
    [keep, 'to keep'],
    [score, `to score again${orRun(counts)}`],
    [run, 'to run'],
  ])}${isShard ? ', in all shards' : ''}`
}

function list(parts: readonly (readonly [count: number, what: string])[]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${formatInteger(count)} ${what}`)
    .join(', ')
}
