import {
  computeMetrics,
  declaredScorers,
  declareScorers,
  evalKey,
  fingerprintsOf,
  readEvalResults,
  removedSamples,
  summarizeEval,
  whatCounts,
  type BaselineVerdict,
  type EvalSummary,
  type ExperimentDocument,
  type ExperimentStore,
  type SampleRecord,
  type ScorerDeclaration,
  type WhatCounts,
} from '@evals/core'
import { indexRecords } from '../experiment/current-records.ts'
import { judgeAgain } from '../experiment/judge-again.ts'
import type { RescoredEval, RescorePlan } from './plan-rescore.ts'

/** The figures of what was scored again, made from what is stored. */
export async function summarizeRescored({
  store,
  document,
  plan,
}: {
  readonly store: ExperimentStore
  readonly document: ExperimentDocument
  readonly plan: RescorePlan
}): Promise<EvalSummary[]> {
  const results = await readEvalResults(store, document.experiment, countingWith(plan, document))
  const declared = declaredScorers(document)
  const summaries: EvalSummary[] = []
  for (const [key, eval_] of plan.evals) {
    const { eval: name, variant, scorers } = eval_
    const stored = results.get(key)!.results
    const before = document.evals[key]
    const metrics = await computeMetrics(scorers, () => scoredRecords(store, document, eval_))
    const kept = (declared[name] ?? []).filter((other) => scorers.every((scorer) => scorer.name !== other.name))
    const facts = {
      eval: name,
      variant,
      planned: Math.max(before?.samples.total ?? 0, stored.size),
      scorers: [...kept, ...declareScorers(scorers)],
      maxErrorRate: before?.maxErrorRate ?? 0,
      metrics: { ...keptMetrics(kept, before), ...metrics.values },
    }
    const figures = await summarizeEval(facts, stored.values())
    const thresholds = judgeAgain(before?.thresholds ?? [], figures, metrics.failures)
    const { dataset, fingerprint, removed } = before ?? {}
    const gates = { thresholds, ...unjudged(before?.baseline, document.experiment) }
    summaries.push({
      ...(await summarizeEval({ ...facts, ...gates }, stored.values())),
      ...(removed === undefined ? {} : { removed }),
      ...(dataset === undefined ? {} : { dataset }),
      fingerprint: {
        ...fingerprint,
        revision: eval_.revision,
        scorers: { ...fingerprint?.scorers, ...fingerprintsOf(scorers) },
      },
    })
  }
  return summaries
}

/** With the scorers that the eval gets by being scored again. */
function countingWith({ evals }: RescorePlan, document: ExperimentDocument): WhatCounts {
  const { removed, scorers: before } = whatCounts(document)
  const scorers = [...before].map(([key, names]) => {
    const added = evals.get(key)?.scorers ?? []
    return [key, new Set([...names, ...added.map(({ name }) => name)])] as const
  })
  return { removed, scorers: new Map(scorers) }
}

/** The verdict of a baseline was on the scores of before. */
function unjudged(before: BaselineVerdict | undefined, experiment: string): { readonly baseline?: BaselineVerdict } {
  if (before === undefined) return {}
  const { experiment: base, gate } = before
  const message = `baseline: not compared since it was scored again. \`evals compare ${base} ${experiment}\` does.`
  return { baseline: { experiment: base, gate, scores: [], passed: null, message } }
}

/** Scores that stay as they are have the metrics they had. */
function keptMetrics(kept: readonly ScorerDeclaration[], before: EvalSummary | undefined) {
  return Object.fromEntries(
    kept.flatMap(({ name }) => {
      const metrics = before?.scorers[name]?.metrics
      return metrics === undefined ? [] : [[name, metrics]]
    }),
  )
}

async function scoredRecords(
  store: ExperimentStore,
  document: ExperimentDocument,
  { eval: name, variant }: RescoredEval,
): Promise<SampleRecord[]> {
  const key = evalKey(name, variant)
  const index = await indexRecords(store, document.experiment, { removed: removedSamples(document) })
  const scored: SampleRecord[] = []
  for await (const record of index.records()) {
    if (record.outcome === 'scored' && evalKey(record.eval, record.variant) === key) scored.push(record)
  }
  return scored
}
