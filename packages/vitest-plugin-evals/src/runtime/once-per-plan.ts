import type { EvalPlan } from './eval-plan.ts'

/** A function that does its work once for each plan, whoever asks first: the tests of all gates share what came of it. */
export function oncePerPlan<Result>(work: (plan: EvalPlan) => Promise<Result>): (plan: EvalPlan) => Promise<Result> {
  const done = new WeakMap<EvalPlan, Promise<Result>>()
  return (plan) => {
    let result = done.get(plan)
    if (result === undefined) done.set(plan, (result = work(plan)))
    return result
  }
}
