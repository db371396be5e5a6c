import type { EvalSummary } from '../summary/eval-summary.ts'
import { summarizeEval } from '../summary/summarize-eval.ts'
import type { ExperimentDocument } from './experiment-document.ts'
import type { ExperimentStore } from './experiment-store.ts'
import { readEvalResults, type EvalResults } from './read-results.ts'
import type { WhatCounts } from './what-counts.ts'

/**
 * The document of an experiment made from its records alone: evals with the figures of the samples that were recorded,
 * and runs by id and time. Nothing tells how many samples were planned, so its status is `interrupted`; thresholds,
 * scorers' own metrics, options and versions of the runs are lost. `undefined` without any record.
 * @param options.reason why the stored document could not be used
 * @param options.removed samples that count no more, where that is known
 * @param options.scorers scorers that count, where that is known
 */
export async function rebuildDocument(
  store: Pick<ExperimentStore, 'scan'>,
  experiment: string,
  { reason, ...counting }: { readonly reason: string } & Partial<WhatCounts>,
): Promise<ExperimentDocument | undefined> {
  const runs = new Map<string, { id: string; startedAt: string }>()
  let [createdMs, updatedMs] = [Infinity, -Infinity]
  const evals = await readEvalResults(store, experiment, {
    ...counting,
    include(record) {
      const startedMs = Date.parse(record.startedAt)
      createdMs = Math.min(createdMs, startedMs)
      updatedMs = Math.max(updatedMs, startedMs + record.queuedMs + record.durationMs)
      const run = runs.get(record.run)
      if (run === undefined) runs.set(record.run, { id: record.run, startedAt: record.startedAt })
      else if (startedMs < Date.parse(run.startedAt)) run.startedAt = record.startedAt
      return true
    },
  })
  if (runs.size === 0) return undefined
  return {
    version: 1,
    experiment,
    status: 'interrupted',
    createdAt: new Date(createdMs).toISOString(),
    updatedAt: new Date(updatedMs).toISOString(),
    rebuilt: reason,
    runs: [...runs.values()].map((run) => ({ ...run, versions: {}, options: {} })),
    evals: await summarize(evals),
  }
}

async function summarize(evals: ReadonlyMap<string, EvalResults>): Promise<Record<string, EvalSummary>> {
  const summaries: Record<string, EvalSummary> = {}
  for (const [key, { eval: name, variant, results }] of evals) {
    const facts = { eval: name, variant, planned: results.size, scorers: [] }
    summaries[key] = await summarizeEval(facts, results.values())
  }
  return summaries
}
