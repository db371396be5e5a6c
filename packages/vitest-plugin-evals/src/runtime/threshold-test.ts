import {
  EvalsError,
  judgeThreshold,
  messageOf,
  summarizeEval,
  type EvalSummary,
  type Threshold,
  type ThresholdVerdict,
} from '@evals/core'
import type { TestContext } from 'vitest'
import { declarations, missingSamples, type EvalPlan } from './eval-plan.ts'
import { computeMetrics } from './compute-metrics.ts'

/** Judges one threshold on the records of the planned set, after all samples. */
export async function runThresholdTest(plan: EvalPlan, threshold: Threshold, context: TestContext): Promise<void> {
  const { title } = threshold
  if (plan.pilot !== undefined) {
    const { planned } = plan.pilot.meta
    context.skip(`${title}: not judged, an estimate runs ${plan.planned.length} of ${planned} samples.`)
  }
  const missing = missingSamples(plan)
  if (plan.planned.length === 0) context.skip(`${title}: not judged, the eval has 0 samples and allows that.`)
  if (plan.results.size === 0) {
    const message = `${title}: not judged, no sample of the eval has a record. Run the eval, or name the experiment that has them: -- --experiment NAME.`
    context.task.meta.evals = { threshold: title, passed: false, value: null, message }
    throw new EvalsError('EVALS_THRESHOLD_UNJUDGED', message)
  }
  if (missing > 0) {
    const message = `${title}: not judged, ${missing} of ${plan.planned.length} planned samples have no result (${whyMissing(plan)}).`
    context.task.meta.evals = { threshold: title, passed: null, value: null, message, asked: true }
    context.skip(message)
  }
  try {
    const verdict = await judge(plan, threshold)
    context.task.meta.evals = verdict
    if (verdict.passed !== true) throw missed(verdict)
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

function whyMissing({ run, results }: EvalPlan): string {
  if (run?.broken !== undefined) return `results cannot be recorded: ${messageOf(run.broken)}`
  const isCancelled = [...results.values()].some(({ outcome }) => outcome === 'cancelled')
  return isCancelled ? 'they were cancelled' : 'a filter left them out'
}

async function judge(plan: EvalPlan, threshold: Threshold): Promise<ThresholdVerdict> {
  const { failures } = await computeMetrics(plan)
  const { subject, figure } = threshold
  const failure = failures.find(({ scorer, metric }) => scorer === subject && metric === figure)
  if (failure !== undefined) throw failure.error
  return judgeThreshold(threshold, await summaryOf(plan))
}

function missed({ message, value }: ThresholdVerdict): EvalsError {
  const error = new EvalsError('EVALS_THRESHOLD_MISSED', message, { details: { value } })
  // It says all there is to say; where in this file it was thrown helps nobody.
  error.stack = `${error.name}: ${message}`
  return error
}

const summaries = new WeakMap<EvalPlan, Promise<EvalSummary>>()

function summaryOf(plan: EvalPlan): Promise<EvalSummary> {
  let summary = summaries.get(plan)
  if (summary === undefined) {
    summary = computeMetrics(plan).then(({ values: metrics }) =>
      summarizeEval(
        { eval: plan.eval, variant: plan.variant, planned: plan.planned.length, scorers: declarations(plan), metrics },
        plan.results.values(),
      ),
    )
    summaries.set(plan, summary)
  }
  return summary
}
