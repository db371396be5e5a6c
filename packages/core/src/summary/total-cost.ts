import type { EvalSummary } from './eval-summary.ts'

/** What evals cost together. */
export interface TotalCost {
  /** US dollars, of the calls whose price is known; `null` where that of none is. */
  readonly costUsd: number | null
  /** How many evals have calls without a known price, which are in no sum. */
  readonly unpriced: number
}

/** Adds up what evals cost, as far as it is known. */
export function totalCost(evals: readonly Pick<EvalSummary, 'costUsd' | 'models'>[]): TotalCost {
  const unpriced = evals.filter(({ models = [] }) => models.some(({ costUsd }) => costUsd === undefined))
  const known = evals.flatMap(({ costUsd, models = [] }) =>
    costUsd === null ? models.flatMap((use) => use.costUsd ?? []) : [costUsd.total],
  )
  const sum = known.reduce((total, cost) => total + cost, 0)
  return { costUsd: known.length === 0 ? null : sum, unpriced: unpriced.length }
}
