import {
  EvalsError,
  evalKey,
  keyOf,
  messageOf,
  reduceScores,
  type Estimate,
  type Metric,
  type SampleRecord,
} from '@evals/core'
import { declarations, plannedKey, type EvalPlan } from './eval-plan.ts'

/** What reducers make of the scores, and the scorers' own metrics: scorer → metric → value, or why there is none. */
export interface Metrics {
  readonly values: Readonly<Record<string, Readonly<Record<string, Estimate>>>>
  readonly failures: readonly MetricFailure[]
}

/** A metric that could not be computed; it costs only itself. */
export interface MetricFailure {
  readonly scorer: string
  readonly metric: string
  readonly error: EvalsError
}

const computed = new WeakMap<EvalPlan, Promise<Metrics>>()

/** The scorers' own metrics over the stored records of the planned set, computed once. */
export function computeMetrics(plan: EvalPlan): Promise<Metrics> {
  let metrics = computed.get(plan)
  if (metrics === undefined) computed.set(plan, (metrics = compute(plan)))
  return metrics
}

async function compute(plan: EvalPlan): Promise<Metrics> {
  const values = await reduceScores(plan.results.values(), declarations(plan), plan.reducers)
  const failures: MetricFailure[] = []
  const scorers = plan.scorers.filter(({ metrics = [] }) => metrics.length > 0)
  const records = scorers.length === 0 ? [] : await plannedRecords(plan)
  for (const { name: scorer, metrics = [] } of scorers) {
    // Not `values[scorer]` alone: a scorer may be named like a method of every object.
    const own = Object.hasOwn(values, scorer) ? values[scorer]! : (values[scorer] = {})
    for (const metric of metrics) {
      try {
        own[metric.name] = await computeMetric(metric, records)
      } catch (error) {
        failures.push({ scorer, metric: metric.name, error: metricFailed(metric, scorer, error) })
      }
    }
  }
  return { values, failures }
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

async function computeMetric(metric: Metric, records: readonly SampleRecord[]): Promise<Estimate> {
  const result = await metric.compute(records)
  const estimate = typeof result === 'number' ? { value: result, n: records.length } : result
  if (Number.isFinite(estimate.value)) return estimate
  throw new TypeError(`it returned ${String(estimate.value)}`)
}

function metricFailed({ name }: Metric, scorer: string, error: unknown): EvalsError {
  return new EvalsError(
    'EVALS_METRIC_FAILED',
    `The metric "${name}" of the scorer "${scorer}" failed: ${messageOf(error)}. It must return a finite number or { value, n }.`,
    { cause: error },
  )
}
