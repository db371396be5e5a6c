import { EvalsError, messageOf } from '@evals/core'
import type { TestContext } from 'vitest'
import { leftToMerge } from '../left-to-merge.ts'
import { missingSamples, type EvalPlan } from './eval-plan.ts'

/** Why a gate was not judged; `asked`: it was selected, yet its set is partial. */
export interface UnjudgedGate {
  readonly passed: false | null
  readonly message: string
  readonly asked?: true
}

/**
 * Lets the test of a gate go on where all planned samples have a result; else skips it, or fails it where none has one.
 * @param note is told why, where that is a finding
 */
export function requireResults(
  plan: EvalPlan,
  { title, context, note }: { title: string; context: TestContext; note: (why: UnjudgedGate) => void },
): void {
  if (plan.pilot !== undefined) {
    const { planned } = plan.pilot.meta
    context.skip(`${title}: not judged, an estimate runs ${plan.planned.length} of ${planned} samples.`)
  }
  const missing = missingSamples(plan)
  if (plan.planned.length === 0) context.skip(`${title}: not judged, the eval has 0 samples and allows that.`)
  if (plan.sharded && missing > 0) {
    context.skip(`${leftToMerge(title)}, ${missing} of ${plan.planned.length} samples are not here.`)
  }
  if (plan.results.size === 0) {
    const message = `${title}: not judged, no sample of the eval has a record. Run the eval, or name the experiment that has them: -- --experiment NAME.`
    note({ passed: false, message })
    throw new EvalsError('EVALS_THRESHOLD_UNJUDGED', message)
  }
  if (missing > 0) {
    const message = `${title}: not judged, ${missing} of ${plan.planned.length} planned samples have no result (${whyMissing(plan)}).`
    note({ passed: null, message, asked: true })
    context.skip(message)
  }
}

function whyMissing({ run, results }: EvalPlan): string {
  if (run?.broken !== undefined) return `results cannot be recorded: ${messageOf(run.broken)}`
  const isCancelled = [...results.values()].some(({ outcome }) => outcome === 'cancelled')
  return isCancelled ? 'they were cancelled' : 'a filter left them out'
}
