import { evalKey, type EvalSummary } from '@evals/core'
import type { Vitest } from 'vitest/node'
import type { BoardEntry } from '../reporter/eval-board.ts'
import { prepareOutput } from './output.ts'
import { renderReport, type Report } from './render-report.ts'

/** What there is to report. */
export interface ReportFacts extends Pick<
  Report,
  'experiment' | 'location' | 'durationMs' | 'failures' | 'notes' | 'warnings'
> {
  readonly entries: readonly BoardEntry[]
  readonly summaries: readonly EvalSummary[]
}

/** Prints the report at the end of a run, if there were evals in it. */
export function printReport(vitest: Vitest, { entries, summaries, ...facts }: ReportFacts): void {
  if (summaries.length === 0) return
  const worst = new Map(entries.map(({ meta }) => [evalKey(meta.eval, meta.variant), meta.worst ?? []]))
  prepareOutput(vitest).write(renderReport({ ...facts, evals: summaries, worst }))
}
