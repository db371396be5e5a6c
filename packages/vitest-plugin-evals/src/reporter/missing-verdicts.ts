import type { TestModule } from 'vitest/node'
import { readShard } from '../option-definitions.ts'
import type { BoardEntry } from './eval-board.ts'

/**
 * Why a run that failed no test must still not count as a success: it asked for verdicts and got none. Empty if all is
 * well.
 * @param shard the run's part `i/n` of the samples, which may be none
 */
export function findMissingVerdicts(
  entries: readonly BoardEntry[],
  { modules, shard = '1/1' }: { readonly modules: readonly TestModule[]; readonly shard?: string | undefined },
): string[] {
  const unjudged = findUnjudged(entries)
  if (unjudged.length > 0) return unjudged
  const { index = 0 } = readShard(shard) ?? {}
  const own = entries.filter(({ meta }) => meta.planned > index)
  const planned = own.reduce((sum, { meta }) => sum + meta.planned, 0)
  const wanted = planned > 0 || entries.some(({ meta }) => meta.filtered === true)
  if (!wanted || modules.some(hasVerdict)) return []
  if (entries.some(({ results }) => results.size > 0)) return ['no sample has a score, as told above.']
  return [`none of the ${planned} planned samples was run or judged. Check -t and the other filters.`]
}

/** Why gates that were asked for were not judged; empty if all were. */
export function findUnjudged(entries: readonly BoardEntry[]): string[] {
  const asked = entries
    .flatMap(({ verdicts, baseline }) => [...verdicts.values(), ...(baseline === undefined ? [] : [baseline])])
    .filter(({ asked: selected }) => selected)
  if (asked.length > 1) return [`${asked.length} thresholds or baselines were not judged, as told above.`]
  return asked.map(({ message }) => message)
}

function hasVerdict(module: TestModule): boolean {
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    // One whose fixture failed has no meta, and fails the run.
    if (state === 'failed' || (state === 'passed' && test.meta().evals !== undefined)) return true
  }
  return false
}
