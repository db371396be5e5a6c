import { computeMetrics as computeOwn, reduceScores, type MetricValues } from '@evals/core'
import { declarations, plannedKey, type EvalPlan } from './eval-plan.ts'
import { scoredRecords } from './stored-records.ts'

const computed = new WeakMap<EvalPlan, Promise<MetricValues>>()

/** What reducers make of the scores, and the scorers' own metrics over the stored records of the planned set; computed once. */
export function computeMetrics(plan: EvalPlan): Promise<MetricValues> {
  let metrics = computed.get(plan)
  if (metrics === undefined) computed.set(plan, (metrics = compute(plan)))
  return metrics
}

async function compute(plan: EvalPlan): Promise<MetricValues> {
  const values = await reduceScores(plan.results.values(), declarations(plan), plan.reducers)
  const own = await computeOwn(plan.scorers, () => scoredRecords(plan, new Set(plan.planned.map(plannedKey))))
  for (const [scorer, metrics] of Object.entries(own.values)) {
    // Not `values[scorer]` alone: a scorer may be named like a method of every object.
    values[scorer] = { ...(Object.hasOwn(values, scorer) ? values[scorer] : {}), ...metrics }
  }
  return { values, failures: own.failures }
}
