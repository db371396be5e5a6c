import { evalKey } from '@evals/core'
import type { BoardEntry } from './eval-board.ts'
import { formatInteger } from './format.ts'

/** How the run's evals went on with what earlier runs recorded, and how they differ from it. */
export function resumedLines(entries: readonly Pick<BoardEntry, 'meta'>[]): string[] {
  return entries.flatMap(({ meta }) => {
    if (meta.resumed === undefined) return []
    const { counts, drift } = meta.resumed
    const parts = [
      [counts.keep, 'kept'],
      [counts.score, 'scored again'],
      [counts.run, 'run'],
    ] as const
    const done = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatInteger(count)} ${what}`)
    const name = evalKey(meta.eval, meta.variant)
    const isComplete = counts.score + counts.run === 0
    return [
      `${name}: ${isComplete ? `complete, all ${formatInteger(counts.keep)} kept` : `resumed, ${done.join(', ')}`}`,
      ...drift.map((line) => `${name}: ${line}`),
    ]
  })
}

/** The command that goes on with an experiment whose run was interrupted. */
export function resumeCommand(project: string, experiment: string): string {
  const name = /^[\w.-]+$/.test(experiment) ? experiment : JSON.stringify(experiment)
  return `interrupted; go on with: vitest run --project ${project} -- --experiment ${name}`
}
