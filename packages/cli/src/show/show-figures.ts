import { evalKey, type EvalSummary, type ExperimentDocument } from '@evals/core'
import type { ShowFlags } from '../commands/show.ts'
import type { FoundExperiment } from '../experiment/find-experiment.ts'
import { oneLine } from '../terminal/one-line.ts'
import { write, writeJson } from '../terminal/output.ts'
import { figuresOf } from './figures-of.ts'
import { checkSelected, isSelected } from './select-evals.ts'

/**
 * Prints the figures of an experiment as the report of its run does.
 * @throws EvalsError `EVALS_EVAL_UNKNOWN`
 */
export async function showFigures(found: FoundExperiment, { eval: wanted, json }: ShowFlags): Promise<void> {
  const all = await figuresOf(found)
  const evals = all.filter((summary) => isSelected(wanted, summary))
  checkSelected(
    wanted,
    evals.length,
    all.map(({ eval: name }) => name),
  )
  const { document, store } = found
  const location = store.describe(document.experiment)
  const byName = Object.fromEntries(evals.map((summary) => [evalKey(summary.eval, summary.variant), summary]))
  if (json) writeJson({ ...document, evals: byName, location })
  else await writeReport(document, evals, location)
}

async function writeReport(
  document: ExperimentDocument,
  evals: readonly EvalSummary[],
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
  write(renderReport({ experiment, location, durationMs: 0, evals, worst: new Map(), warnings }))
  write(` ${lifeOf(document)}\n`)
}

/** `completed · 2 runs · created 2026-01-02 03:04 · last run at commit 1a2b3c4 (main, changed files)`. */
function lifeOf({ status, runs, createdAt }: ExperimentDocument): string {
  const git = runs.at(-1)?.git
  const commit =
    git === undefined
      ? []
      : [
          `last run at commit ${git.commit.slice(0, 7)} (${git.branch ?? 'no branch'}${git.dirty ? ', changed files' : ''})`,
        ]
  const created = `created ${createdAt.slice(0, 16).replace('T', ' ')}`
  return [status, `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`, created, ...commit].join(' · ')
}
