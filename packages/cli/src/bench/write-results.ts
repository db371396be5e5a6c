import { describeDrift, evalKey, type Evaluation } from '@evals/core'
import { write, writeJson } from '../terminal/output.ts'

/** Prints the figures of an evaluation as the report of a run does, or as JSON. */
export async function writeResults(
  { experiment, run, status, summaries, drift, problems, failures }: Evaluation,
  { location, json }: { readonly location: string; readonly json: boolean },
): Promise<void> {
  if (json) {
    const evals = Object.fromEntries(summaries.map((summary) => [evalKey(summary.eval, summary.variant), summary]))
    writeJson({ experiment, run, status, location, evals, problems })
    return
  }
  const { renderReport } = await import('vitest-plugin-evals/cli')
  const warnings = [
    ...problems.map(({ where, what }) => `${where}: ${what}`),
    ...failures.map(({ message }) => message),
  ]
  // Combinations of one eval drift alike.
  const notes = [...new Set(drift.flatMap((each) => (each === undefined ? [] : describeDrift(each))))]
  write(renderReport({ experiment, location, durationMs: 0, evals: summaries, worst: new Map(), notes, warnings }))
}
