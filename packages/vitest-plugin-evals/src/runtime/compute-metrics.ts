import { computeMetrics as computeOwn, declareScorers, reduceScores, type MetricValues } from '@evals/core'
import { plannedKey, type EvalPlan } from './eval-plan.ts'
import { oncePerPlan } from './once-per-plan.ts'
import { scoredRecords } from './stored-records.ts'

/** What reducers make of the scores, and the scorers' own metrics over the stored records of the planned set. */
export const computeMetrics: (plan: EvalPlan) => Promise<MetricValues> = oncePerPlan(async (plan) => {
  const values = await reduceScores(plan.results.values(), declareScorers(plan.scorers), plan.reducers)
  const own = await computeOwn(plan.scorers, () => scoredRecords(plan, new Set(plan.planned.map(plannedKey))))
  for (const [scorer, metrics] of Object.entries(own.values)) {
    // Not `values[scorer]` alone: a scorer may be named like a method of every object.
    values[scorer] = { ...(Object.hasOwn(values, scorer) ? values[scorer] : {}), ...metrics }
  }
  return { values, failures: own.failures }
})
