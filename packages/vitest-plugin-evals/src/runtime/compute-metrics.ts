import {
  computeMetrics as computeOwn,
  evalKey,
  keyOf,
  reduceScores,
  type MetricValues,
  type SampleRecord,
} from '@evals/core'
import { declarations, plannedKey, type EvalPlan } from './eval-plan.ts'

const computed = new WeakMap<EvalPlan, Promise<MetricValues>>()

/** What reducers make of the scores, and the scorers' own metrics over the stored records of the planned set; computed once. */
export function computeMetrics(plan: EvalPlan): Promise<MetricValues> {
  let metrics = computed.get(plan)
  if (metrics === undefined) computed.set(plan, (metrics = compute(plan)))
  return metrics
}

async function compute(plan: EvalPlan): Promise<MetricValues> {
  const values = await reduceScores(plan.results.values(), declarations(plan), plan.reducers)
  const own = await computeOwn(plan.scorers, () => plannedRecords(plan))
  for (const [scorer, metrics] of Object.entries(own.values)) {
    // Not `values[scorer]` alone: a scorer may be named like a method of every object.
    values[scorer] = { ...(Object.hasOwn(values, scorer) ? values[scorer] : {}), ...metrics }
  }
  return { values, failures: own.failures }
}

async function plannedRecords(plan: EvalPlan): Promise<SampleRecord[]> {
  if (plan.run === undefined) return []
  const planned = new Set(plan.planned.map(plannedKey))
  const key = evalKey(plan.eval, plan.variant)
  const { revision } = plan.resumed.plan
  const newest = new Map<string, SampleRecord>()
  for await (const record of plan.run.store.scan(plan.run.experiment, { eval: plan.eval })) {
    const sample = keyOf(record)
    if (
      record.revision !== revision ||
      record.outcome !== 'scored' ||
      !planned.has(sample) ||
      evalKey(record.eval, record.variant) !== key
    )
      continue
    newest.set(sample, record)
  }
  return [...newest.values()]
}
