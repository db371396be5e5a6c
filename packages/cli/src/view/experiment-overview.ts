import { totalCost, type EvalSummary, type ExperimentDocument, type ExperimentStore } from '@evals/core'
import type { EvalOverview, ExperimentOverview } from '@evals/dashboard'
import { readDocuments } from '../experiment/read-documents.ts'
import type { RunningFigures } from './running-figures.ts'

/** All experiments of a store as the page lists them, the newest first. */
export async function listOverviews(store: ExperimentStore, figures: RunningFigures): Promise<ExperimentOverview[]> {
  const documents = await readDocuments(store)
  return Promise.all(documents.map(async (document) => overviewOf(await figures.complete(document))))
}

/** What the list of experiments shows of one. */
export function overviewOf(document: ExperimentDocument): ExperimentOverview {
  const { experiment, status, createdAt, updatedAt, rebuilt, runs, evals } = document
  const times = runs.flatMap(({ startedAt, endedAt }) =>
    endedAt === undefined ? [] : [Date.parse(endedAt) - Date.parse(startedAt)],
  )
  const summaries = Object.values(evals)
  const git = runs.at(-1)?.git
  return {
    experiment,
    status,
    createdAt,
    updatedAt,
    ...(rebuilt === undefined ? {} : { rebuilt }),
    runs: runs.length,
    durationMs: times.length === 0 ? null : times.reduce((total, time) => total + time, 0),
    ...costOf(summaries),
    ...(git === undefined ? {} : { git }),
    variants: comparableVariants(summaries),
    evals: Object.fromEntries(Object.entries(evals).map(([key, summary]) => [key, evalOverview(summary)])),
  }
}

/** What evals cost together, as far as it is known. */
export function costOf(evals: readonly EvalSummary[]): Pick<ExperimentOverview, 'costUsd' | 'isCostPartial'> {
  const { costUsd, unpriced } = totalCost(evals)
  return { costUsd, ...(costUsd !== null && unpriced > 0 ? { isCostPartial: true } : {}) }
}

function evalOverview({ samples, verdict, scorers, tags = {} }: EvalSummary): EvalOverview {
  const estimates = Object.entries(scorers).map(
    ([name, { n, mean, ci, kind, direction }]) => [name, { n, mean, ci, kind, direction }] as const,
  )
  return { samples, verdict, scorers: Object.fromEntries(estimates), tags: Object.keys(tags) }
}

function comparableVariants(evals: readonly EvalSummary[]): string[] {
  const values = evals.flatMap(({ eval: name, variant }) =>
    Object.entries(variant).map((one) => [name, ...one] as const),
  )
  const groups = Map.groupBy(values, ([name, dimension]) => JSON.stringify([name, dimension]))
  const varied = [...groups.values()].filter((group) => new Set(group.map(([, , value]) => value)).size > 1)
  return [...new Set(varied.map((group) => group[0]![1]))]
}
