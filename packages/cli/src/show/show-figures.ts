import { evalKey, readEvalResults, whatCounts, type EvalSummary, type UndeclaredEval } from '@evals/core'
import type { ShowFlags } from '../commands/show.ts'
import type { FoundExperiment } from '../experiment/find-experiment.ts'
import { Problems } from '../experiment/problems.ts'
import { counted } from '../terminal/counted.ts'
import { oneLine } from '../terminal/one-line.ts'
import { chartGlyphs, terminalColumns, write, writeJson } from '../terminal/output.ts'
import { figuresOf } from './figures-of.ts'
import { checkSelected, isSelected } from './select-evals.ts'

/**
 * Prints the figures of an experiment as the report of its run does.
 * @throws EvalsError `EVALS_EVAL_UNKNOWN`
 */
export async function showFigures(found: FoundExperiment, { eval: wanted, json }: ShowFlags): Promise<void> {
  const all = await figuresOf(found)
  const { document, store } = found
  const failing = document.undeclared ?? []
  const evals = all.filter((summary) => isSelected(wanted, summary))
  const undeclared = failing.filter((one) => isSelected(wanted, one))
  checkSelected(
    wanted,
    evals.length + undeclared.length,
    [...all, ...failing].map(({ eval: name }) => name),
  )
  const location = store.describe(document.experiment)
  const byName = Object.fromEntries(evals.map((summary) => [evalKey(summary.eval, summary.variant), summary]))
  if (json) writeJson({ ...document, evals: byName, ...(failing.length === 0 ? {} : { undeclared }), location })
  else await writeReport(found, { evals, undeclared }, location)
}

async function writeReport(
  { document, store }: FoundExperiment,
  { evals, undeclared }: { readonly evals: readonly EvalSummary[]; readonly undeclared: readonly UndeclaredEval[] },
  location: string,
): Promise<void> {
  const { renderReport } = await import('vitest-plugin-evals/cli')
  const warnings = [
    ...(document.status === 'running'
      ? ['A run goes on, or was killed: these are the figures of what is recorded so far.']
      : []),
    ...(document.rebuilt === undefined
      ? []
      : [`The experiment's document was made from its records: ${document.rebuilt}`]),
  ]
  const experiment = oneLine(document.experiment)
  const report = { experiment, location, durationMs: 0, evals, undeclared, worst: new Map(), warnings }
  const fromRecords = document.status === 'running' || document.rebuilt !== undefined
  write(renderReport({ ...report, ...(fromRecords ? { fromRecords } : {}), notes: notesOf(experiment, evals) }))
  write(await charts({ document, store }, evals))
  write(` ${lifeOf(document)}\n`)
}

/** The document has no messages. */
function notesOf(experiment: string, evals: readonly EvalSummary[]): string[] {
  const isBroken = evals.some(({ samples: { error, timeout, unjudged = 0 } }) => error + timeout + unjudged > 0)
  return isBroken ? [`\`evals show ${experiment} --errors\` tells why samples have no result or no verdict.`] : []
}

/** Reading this many takes a second or two; charts of more are for `evals view`. */
const mostRecords = 50_000

async function charts({ document, store }: FoundExperiment, evals: readonly EvalSummary[]): Promise<string> {
  const records = Object.values(document.evals).reduce((sum, { samples }) => sum + samples.total, 0)
  const { renderScoreCharts } = await import('./render-score-charts.ts')
  const problems = new Problems()
  const filter = { onProblem: problems.add, ...whatCounts(document) }
  const results = records > mostRecords ? new Map() : await readEvalResults(store, document.experiment, filter)
  // Figures are those of the lines that can be read.
  problems.report()
  const table = renderScoreCharts(evals, results, { glyphs: chartGlyphs, width: terminalColumns() })
  return table === '' ? '' : `${table}\n`
}

/** `completed · 2 runs · created 2026-01-02 03:04 · last run at commit 1a2b3c4 (main, changed files)`. */
function lifeOf({ status, runs, createdAt }: FoundExperiment['document']): string {
  const git = runs.at(-1)?.git
  const commit =
    git === undefined
      ? []
      : [
          `last run at commit ${git.commit.slice(0, 7)} (${git.branch ?? 'no branch'}${git.dirty ? ', changed files' : ''})`,
        ]
  const created = `created ${createdAt.slice(0, 16).replace('T', ' ')}`
  return [status, counted(runs.length, 'run'), created, ...commit].join(' · ')
}
