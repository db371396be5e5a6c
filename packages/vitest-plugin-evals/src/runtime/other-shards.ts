import { keyOf, toSampleResult } from '@evals/core'
import { plannedKey, type EvalPlan } from './eval-plan.ts'
import { oncePerPlan } from './once-per-plan.ts'
import { storedRecords } from './stored-records.ts'

/**
 * Takes in what the other shards by sample have recorded by now: once, when all samples of this one are recorded. As each
 * shard records before it looks, the last one finds all results, also where they run at the same time.
 */
export const addOtherShards: (plan: EvalPlan) => Promise<void> = oncePerPlan(async (plan) => {
  const { sharded, planned, recorded, skipped, results } = plan
  if (!sharded || plan.pilot !== undefined) return
  const keys = planned.map(plannedKey).filter((key) => !recorded.has(key) && !skipped.has(key))
  if (keys.length === 0) return
  const others = new Set(keys)
  for await (const record of storedRecords(plan)) if (others.has(keyOf(record))) results.add(toSampleResult(record))
})
