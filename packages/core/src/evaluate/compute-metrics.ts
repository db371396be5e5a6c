import { EvalsError, messageOf } from '../errors.ts'
import type { SampleRecord } from '../record/record.ts'
import type { Metric, Scorer } from '../scoring/scorer.ts'
import type { Estimate } from '../stats/estimate.ts'

/** The scorers' own metrics. */
export interface MetricValues {
  /** Scorer → metric → value; a metric that had nothing to be computed from is absent. */
  readonly values: Record<string, Record<string, Estimate>>
  /** An `EVALS_METRIC_FAILED` for each that could not be computed. */
  readonly failures: readonly EvalsError[]
}

/** Computes the scorers' own metrics over scored records, which are read only if there is such a metric. */
export async function computeMetrics(
  scorers: readonly Scorer[],
  readScored: () => Promise<readonly SampleRecord[]>,
): Promise<MetricValues> {
  const values: Record<string, Record<string, Estimate>> = {}
  const failures: EvalsError[] = []
  const measuring = scorers.filter(({ metrics = [] }) => metrics.length > 0)
  const records = measuring.length === 0 ? [] : await readScored()
  for (const { name, metrics = [] } of measuring) {
    const own: Record<string, Estimate> = (values[name] = {})
    for (const metric of metrics) {
      try {
        const estimate = await compute(metric, records)
        if (estimate !== null) own[metric.name] = estimate
      } catch (error) {
        failures.push(metricFailed(metric, name, error))
      }
    }
  }
  return { values, failures }
}

async function compute(metric: Metric, records: readonly SampleRecord[]): Promise<Estimate | null> {
  const result = await metric.compute(records)
  if (result === null) return null
  const estimate = typeof result === 'number' ? { value: result, n: records.length } : result
  if (estimate.n === 0) return null
  if (Number.isFinite(estimate.value)) return estimate
  throw new TypeError(`it returned ${String(estimate.value)}`)
}

function metricFailed({ name }: Metric, scorer: string, error: unknown): EvalsError {
  return new EvalsError(
    'EVALS_METRIC_FAILED',
    `The metric "${name}" of the scorer "${scorer}" failed: ${messageOf(error)}. It must return a finite number, { value, n } or null.`,
    { cause: error, details: { scorer, metric: name } },
  )
}
