import { estimateEval } from '@evals/core'
import type { Vitest } from 'vitest/node'
import { prepareOutput } from './output.ts'
import { renderEstimate, type EstimatedEval, type EstimateReport } from './render-estimate.ts'
import type { ReportedEval } from './reported-eval.ts'

/** What there is to tell after a pilot. */
export interface EstimateFacts extends Pick<EstimateReport, 'location' | 'warnings'> {
  readonly entries: readonly ReportedEval[]
}

/**
 * Prints what a whole run would take, eval by eval, from the results of its pilot.
 * @returns whether there were evals, and something could be said of each of them
 */
export async function reportEstimate(vitest: Vitest, { entries, ...facts }: EstimateFacts): Promise<boolean> {
  // A filter such as `-t` may have left out all samples of an eval.
  const evals = await Promise.all(entries.filter(({ results }) => results.size > 0).map(estimateEntry))
  prepareOutput(vitest).write(renderEstimate({ ...facts, evals }))
  return evals.length > 0 && evals.every(({ estimate }) => estimate.samples > 0)
}

const nothingMeasured = { elapsedMs: 0, sampleMs: { n: 0, mean: null, stderr: null } }

async function estimateEntry({ meta, results }: ReportedEval): Promise<EstimatedEval> {
  const { pilot = { planned: meta.planned, ...nothingMeasured } } = meta
  const { planned, elapsedMs, sampleMs } = pilot
  return {
    eval: meta.eval,
    variant: meta.variant,
    planned,
    samplesPerSecond: elapsedMs === 0 ? 0 : (sampleMs.n / elapsedMs) * 1000,
    estimate: await estimateEval(results.values(), { planned, times: pilot }),
  }
}
