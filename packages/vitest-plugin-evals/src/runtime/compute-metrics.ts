import { EvalsError, evalKey, keyOf, messageOf, type Estimate, type Metric, type SampleRecord } from '@evals/core'
import { plannedKey, type EvalPlan } from './eval-plan.ts'

/** Scorer → metric → value. */
export type Metrics = Record<string, Record<string, Estimate>>

const computed = new WeakMap<EvalPlan, Promise<Metrics>>()

/** The scorers' own metrics over the stored records of the planned set, computed once. */
export function computeMetrics(plan: EvalPlan): Promise<Metrics> {
  let metrics = computed.get(plan)
  if (metrics === undefined) computed.set(plan, (metrics = compute(plan)))
  return metrics
}

async function compute(plan: EvalPlan): Promise<Metrics> {
  const scorers = plan.scorers.filter(({ metrics = [] }) => metrics.length > 0)
  if (scorers.length === 0) return {}
  const records = await plannedRecords(plan)
  const metrics: Metrics = {}
  for (const { name, metrics: own = [] } of scorers) {
    metrics[name] = {}
    for (const metric of own) metrics[name][metric.name] = await computeMetric(metric, records, name)
  }
  return metrics
}

async function plannedRecords(plan: EvalPlan): Promise<SampleRecord[]> {
  if (plan.run === undefined) return []
  const planned = new Set(plan.planned.map(plannedKey))
  const key = evalKey(plan.eval, plan.variant)
  const newest = new Map<string, SampleRecord>()
  for await (const record of plan.run.store.scan(plan.run.experiment, { eval: plan.eval })) {
    const sample = keyOf(record)
    if (record.outcome !== 'scored' || !planned.has(sample) || evalKey(record.eval, record.variant) !== key) continue
    newest.set(sample, record)
  }
  return [...newest.values()]
}

async function computeMetric(metric: Metric, records: readonly SampleRecord[], scorer: string): Promise<Estimate> {
  try {
    const result = await metric.compute(records)
    const estimate = typeof result === 'number' ? { value: result, n: records.length } : result
    if (Number.isFinite(estimate.value)) return estimate
    throw new TypeError(`it returned ${String(estimate.value)}`)
  } catch (error) {
    throw new EvalsError(
      'EVALS_METRIC_FAILED',
      `The metric "${metric.name}" of the scorer "${scorer}" failed: ${messageOf(error)}. It must return a finite number or { value, n }.`,
      { cause: error },
    )
  }
}
