import {
  declareScorers,
  judgeThreshold,
  messageOf,
  summarizeEval,
  type EvalSummary,
  type Threshold,
  type ThresholdVerdict,
} from '@evals/core'
import type { TestContext } from 'vitest'
import type { EvalPlan } from './eval-plan.ts'
import { computeMetrics } from './compute-metrics.ts'
import { testFailure } from './test-failure.ts'
import { oncePerPlan } from './once-per-plan.ts'
import { addOtherShards } from './other-shards.ts'
import { requireResults } from './require-results.ts'

/** Judges one threshold on the records of the planned set, after all samples. */
export async function runThresholdTest(plan: EvalPlan, threshold: Threshold, context: TestContext): Promise<void> {
  const { title } = threshold
  await addOtherShards(plan)
  requireResults(plan, {
    title,
    context,
    note: (why) => (context.task.meta.evals = { threshold: title, value: null, ...why }),
  })
  try {
    const verdict = await judge(plan, threshold)
    context.task.meta.evals = verdict
    if (verdict.passed !== true) throw testFailure('EVALS_THRESHOLD_MISSED', verdict.message, { value: verdict.value })
  } catch (error) {
    context.task.meta.evals ??= {
      threshold: title,
      passed: false,
      value: null,
      message: `${title}: ${messageOf(error)}`,
    }
    throw error
  }
}

async function judge(plan: EvalPlan, threshold: Threshold): Promise<ThresholdVerdict> {
  const { values, failures } = await computeMetrics(plan)
  const { subject, figure } = threshold
  const failure = failures.find(({ details }) => details['scorer'] === subject && details['metric'] === figure)
  if (failure !== undefined) throw failure
  const summary = await summaryOf(plan)
  // Costs and latencies have figures of the same names, which no reducer makes.
  const isReduced = Object.hasOwn(summary.scorers, subject) && plan.reducers.some(({ name }) => name === figure)
  if (isReduced && values[subject]?.[figure] === undefined) {
    const message = `${threshold.title}: no sample has enough scored epochs of "${subject}" for ${figure}`
    return { threshold: threshold.title, passed: false, value: null, message }
  }
  return judgeThreshold(threshold, summary)
}

const summaryOf = oncePerPlan(async (plan): Promise<EvalSummary> => {
  const { eval: name, variant, planned, scorers, results } = plan
  const { values: metrics } = await computeMetrics(plan)
  const facts = { eval: name, variant, planned: planned.length, scorers: declareScorers(scorers), metrics }
  return summarizeEval(facts, results.values())
})
