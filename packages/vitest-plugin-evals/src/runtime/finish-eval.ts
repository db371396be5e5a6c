import { declaredRoles, tooManyErrors, type EvalsError } from '@evals/core'
import type { RunnerTestSuite } from 'vitest'
import type { WorstSample } from '../protocol.ts'
import { computeMetrics } from './compute-metrics.ts'
import { missingSamples, type EvalPlan } from './eval-plan.ts'
import { testFailure } from './test-failure.ts'
import { addOtherShards } from './other-shards.ts'
import { scoredRecords } from './stored-records.ts'

/** Hands what only the worker can compute over to the report, when an eval's tests have run. */
export async function finishEval(plan: EvalPlan, suite: RunnerTestSuite): Promise<void> {
  const { evals: planned } = suite.meta
  if (planned === undefined || !('planned' in planned) || plan.recorded.size + plan.skipped.size === 0) return
  // Fixtures and tasks declare roles too.
  const evals = planned.roles === undefined ? planned : { ...planned, roles: declaredRoles() }
  if (plan.pilot !== undefined) {
    suite.meta.evals = { ...evals, pilot: plan.pilot.meta }
    return
  }
  await addOtherShards(plan)
  const isPart = plan.sharded && missingSamples(plan) > 0
  const { values: metrics, failures } = isPart ? { values: {}, failures: [] } : await computeMetrics(plan)
  const worst = await worstSamples(plan)
  suite.meta.evals = {
    ...evals,
    // Where nothing else is recorded they stay planned: a run without any verdict is no success.
    planned: plan.planned.length - (plan.recorded.size === 0 ? 0 : plan.skipped.size),
    ...removedBy(plan, evals.removed),
    ...(Object.keys(metrics).length > 0 ? { metrics } : {}),
    ...(worst.length > 0 ? { worst } : {}),
  }
  const [failure = isPart ? undefined : tooManyOfShards(plan)] = failures
  if (failure !== undefined) throw failure
}

/** What an earlier run recorded of samples that skipped themselves counts no more. */
function removedBy({ skipped }: EvalPlan, before: readonly string[] = []): { removed?: readonly string[] } {
  const recorded = [...skipped].flatMap(([key, isRecorded]) => (isRecorded ? [key] : []))
  return recorded.length === 0 ? {} : { removed: [...before, ...recorded] }
}

/** Of all runs and shards, though records are in memory only of this one. */
async function worstSamples(plan: EvalPlan): Promise<WorstSample[]> {
  const { worst, results } = plan
  const lacking = worst.lacking(results.values())
  if (lacking.size > 0) for (const record of await scoredRecords(plan, lacking)) worst.add(record)
  return worst.list()
}

/** Each shard allows as many errors as the whole eval may have; the one that finds all results counts them. */
function tooManyOfShards({ sharded, planned, skipped, results, maxErrorRate }: EvalPlan): EvalsError | undefined {
  if (!sharded) return undefined
  const broken = [...results.values()].filter(({ outcome }) => outcome === 'error' || outcome === 'timeout').length
  const found = tooManyErrors({
    samples: { total: planned.length - skipped.size, error: broken, timeout: 0 },
    maxErrorRate,
  })
  return found === undefined ? undefined : testFailure('EVALS_THRESHOLD_MISSED', found, { value: broken })
}
