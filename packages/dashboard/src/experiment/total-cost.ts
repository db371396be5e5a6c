import type { EvalSummary } from '@evals/core'
import type { ExperimentOverview } from '../protocol.ts'

/** What the evals of an experiment cost together, as far as it is known. */
export function totalCost(
  evals: readonly Pick<EvalSummary, 'costUsd' | 'models'>[],
): Pick<ExperimentOverview, 'costUsd' | 'isCostPartial'> {
  const known = evals.flatMap(({ costUsd, models = [] }) =>
    costUsd === null ? models.flatMap((use) => use.costUsd ?? []) : [costUsd.total],
  )
  if (known.length === 0) return { costUsd: null }
  const isPartial = evals.some(({ models = [] }) => models.some(({ costUsd }) => costUsd === undefined))
  return { costUsd: known.reduce((sum, cost) => sum + cost, 0), ...(isPartial ? { isCostPartial: true } : {}) }
}
