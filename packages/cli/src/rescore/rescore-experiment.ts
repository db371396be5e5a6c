import {
  createCallCache,
  evalKey,
  EvalsError,
  experimentStatus,
  newRunName,
  useRequestEngine,
  type EvalSummary,
  type ExperimentDocument,
  type ExperimentLease,
  type RunInfo,
} from '@evals/core'
import { openCache } from '@evals/storage'
import manifest from '../../package.json' with { type: 'json' }
import type { RescoreFlags } from '../commands/rescore.ts'
import type { FoundExperiment } from '../experiment/find-experiment.ts'
import { interruptible } from '../experiment/interruptible.ts'
import { Problems } from '../experiment/problems.ts'
import { tellGates, type GatedEval } from '../experiment/tell-gates.ts'
import { checkSelected, isSelected } from '../show/select-evals.ts'
import { note } from '../terminal/output.ts'
import { loadScorers, type LoadedScorers } from './load-scorers.ts'
import { planRescore, type RescorePlan } from './plan-rescore.ts'
import { RescoreCounts } from './rescore-counts.ts'
import { scoreAll } from './score-all.ts'
import { summarizeRescored } from './summarize-rescored.ts'

/**
 * Runs scorers over the stored outputs of an experiment, into a new revision that counts as soon as it is complete. Model
 * calls of scorers go through the cache.
 * @throws EvalsError `EVALS_EVAL_UNKNOWN`, `EVALS_EXPERIMENT_IN_USE`, `EVALS_EXPERIMENT_LEASE_LOST`, and those of the
 * scorers' module
 */
export async function rescoreExperiment(
  { store, document: { experiment } }: FoundExperiment,
  flags: RescoreFlags,
  url: string,
): Promise<void> {
  const lease = await store.lease(experiment)
  try {
    // What another process did meanwhile, before the lease was ours.
    const document = (await store.readDocument(experiment))!
    const loaded = await loadScorers(
      flags.scorers,
      Object.values(document.evals).map((summary) => summary.eval),
    )
    const cache = createCallCache({ store: await openCache(url, { root: process.cwd() }), mode: 'on' })
    useRequestEngine({ cache })
    await interruptible((signal) => rescore({ store, document, lease, loaded, flags, signal }))
  } finally {
    await lease.release()
  }
}

interface Rescoring extends FoundExperiment {
  readonly lease: ExperimentLease
  readonly loaded: LoadedScorers
  readonly flags: RescoreFlags
  readonly signal: AbortSignal
}

async function rescore(rescoring: Rescoring): Promise<void> {
  const { store, document, lease, loaded, flags, signal } = rescoring
  const { experiment } = document
  const problems = new Problems()
  const plan = await planSelected(rescoring, problems)
  const run = beginRun(loaded.file, flags)
  const { rebuilt: _rebuilt, ...stored } = document
  const begun: ExperimentDocument = { ...stored, runs: [...document.runs, run] }
  // The figures stay those of before until all is scored.
  await store.writeDocument(begun)
  const counts = new RescoreCounts()
  const interrupted = await scoreAll(plan, { store, experiment, run: run.id, counts, lease, signal })
  if (interrupted) {
    await store.writeDocument(endRun(begun, run, 'interrupted'))
    note(`Interrupted: ${counts.tellScored()} so far, and the figures are still those of before.`)
    const asked = Object.entries({ ...flags, scorers: loaded.file }).map(
      ([name, value]) => ` --${name} ${quote(value)}`,
    )
    note(`Go on: evals rescore ${quote(experiment)}${asked.join('')}`)
    process.exitCode = 130
  } else {
    const summaries = await summarizeRescored({ store, document, plan })
    const evals = { ...document.evals }
    for (const summary of summaries) evals[evalKey(summary.eval, summary.variant)] = summary
    const status = statusAfter(document, evals)
    await store.writeDocument({ ...endRun(begun, run, 'finished'), status, evals })
    counts.report(experiment, { plan, summaries })
    const isMissed = tellGates(summaries.map(withBaseline))
    if (counts.failed > 0 || isMissed) process.exitCode = 1
  }
  problems.report()
}

async function planSelected({ store, document, loaded, flags }: Rescoring, problems: Problems): Promise<RescorePlan> {
  const { experiment } = document
  const seen = new Set<string>()
  let selected = 0
  const plan = await planRescore({
    store,
    experiment,
    scorersOf(eval_) {
      seen.add(eval_.eval)
      if (!isSelected(flags.eval, eval_)) return []
      selected += 1
      return loaded.of(eval_.eval)
    },
    documentedRevision: (key) => document.evals[key]?.fingerprint?.revision ?? 0,
    onProblem: problems.add,
  })
  checkSelected(flags.eval, selected, seen)
  if (plan.evals.size === 0) throw nothingToScore(experiment, loaded.file)
  return plan
}

function beginRun(file: string, { eval: wanted }: RescoreFlags): RunInfo {
  const now = new Date()
  return {
    id: newRunName(now),
    startedAt: now.toISOString(),
    versions: { node: process.versions.node, [manifest.name]: manifest.version },
    options: { rescore: file, ...(wanted === undefined ? {} : { eval: wanted }) },
  }
}

/** The comparison with a baseline is a gate, too. */
function withBaseline({ eval: name, thresholds, baseline }: EvalSummary): GatedEval {
  return { eval: name, thresholds: baseline === undefined ? thresholds : [...thresholds, baseline] }
}

function quote(text: string): string {
  return JSON.stringify(text)
}

function endRun(document: ExperimentDocument, run: RunInfo, ended: 'finished' | 'interrupted'): ExperimentDocument {
  const endedAt = new Date().toISOString()
  const runs = document.runs.map((each) => (each.id === run.id ? { ...run, endedAt, ended } : each))
  return { ...document, updatedAt: endedAt, runs }
}

/** Scoring again completes nothing that had not run. */
function statusAfter(before: ExperimentDocument, evals: ExperimentDocument['evals']): ExperimentDocument['status'] {
  const { status } = before
  if (status === 'running' || status === 'interrupted') return 'interrupted'
  return status === 'partial' ? status : experimentStatus({ ...before, evals }, false)
}

function nothingToScore(experiment: string, file: string): EvalsError {
  return new EvalsError(
    'EVALS_EVAL_UNKNOWN',
    `${file} has no scorers for the evals that are recorded in "${experiment}".\n\`evals show EXPERIMENT\` shows them.`,
  )
}
