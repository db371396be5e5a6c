import { describeDrift, evalKey, type Evaluation, type SampleRecord } from '@evals/core'
import type { Report } from 'vitest-plugin-evals/cli'
import { ErrorGroups } from '../show/group-errors.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write, writeJson } from '../terminal/output.ts'

/** Prints the figures of an evaluation, and why samples failed, as the report of a run does, or as JSON. */
export async function writeResults(
  { experiment, run, status, summaries, drift, problems, failures, records }: Evaluation,
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
  const report = { experiment, location, durationMs: 0, evals: summaries, worst: new Map(), notes, warnings }
  write(renderReport({ ...report, failures: summaries.some(isFlawed) ? await groupFailures(records()) : [] }))
}

/** Whether calls or scorers failed; a wrong answer is no failure. */
export function isFlawed({ samples, scorers }: Evaluation['summary']): boolean {
  const { error, timeout, cancelled, missing } = samples
  return error + timeout + cancelled + missing > 0 || Object.values(scorers).some(({ failed }) => failed > 0)
}

async function groupFailures(records: AsyncIterable<SampleRecord>): Promise<NonNullable<Report['failures']>> {
  const groups = new ErrorGroups()
  for await (const record of records) groups.add(record)
  return groups.sorted().map(({ code, scorer, count, examples: [first] }) => ({
    error: scorer === undefined ? code : `${code} in the scorer ${scorer}`,
    count,
    sample: oneLine(first?.id ?? ''),
    message: oneLine(first?.message.split('\n', 1)[0] ?? ''),
  }))
}
