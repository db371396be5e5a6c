import { evalKey, type EvalSummary } from '@evals/core'
import type { Vitest } from 'vitest/node'
import { prepareOutput } from './output.ts'
import { renderReport, type Report } from './render-report.ts'
import type { ReportedEval } from './reported-eval.ts'

/** What there is to report. */
export interface ReportFacts extends Pick<
  Report,
  'experiment' | 'location' | 'durationMs' | 'undeclared' | 'failures' | 'notes' | 'warnings'
> {
  readonly entries: readonly ReportedEval[]
  readonly summaries: readonly EvalSummary[]
}

/** Prints the report at the end of a run, if there were evals in it or should have been, or there is something to know. */
export function printReport(vitest: Vitest, { entries, summaries, ...facts }: ReportFacts): void {
  if (summaries.length + (facts.undeclared ?? []).length + facts.warnings.length === 0) return
  const worst = new Map(entries.map(({ meta }) => [evalKey(meta.eval, meta.variant), meta.worst ?? []]))
  prepareOutput(vitest).write(renderReport({ ...facts, evals: summaries, worst }))
}
