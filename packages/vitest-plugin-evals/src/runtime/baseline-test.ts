import { evalKey, messageOf, readEvalResults, type BaselineVerdict, type ScorerDeclaration } from '@evals/core'
import type { ComparedResult, ComparedSide } from '@evals/core/stats'
import type { TestContext } from 'vitest'
import { declarations, missingSamples, type EvalPlan } from './eval-plan.ts'
import { gateMissed } from './gate-missed.ts'
import type { PlannedBaseline } from './plan-baseline.ts'
import { requireResults } from './require-results.ts'

const title = 'baseline'

/** Compares the results of the planned set with those of the baseline, after all samples. */
export async function runBaselineTest(plan: EvalPlan, baseline: PlannedBaseline, context: TestContext): Promise<void> {
  const { experiment, gate = 'worse' } = baseline.options
  const facts = { baseline: experiment, gate, scores: [] }
  if (plan.sharded && missingSamples(plan) > 0) {
    const compare = `evals compare ${experiment} ${plan.run?.experiment ?? ''}`
    context.skip(`${title}: not judged, a shard has not all samples. When all shards have run: ${compare}`)
  }
  requireResults(plan, { title, context, note: (why) => (context.task.meta.evals = { ...facts, ...why }) })
  try {
    const verdict = await judge(plan, baseline)
    const message = `${title}: ${verdict.message}`
    context.task.meta.evals = { ...verdict, message }
    // Reporters show it, JUnit's as a property.
    await context.annotate(message, title)
    if (verdict.passed === null) context.skip(message)
    if (!verdict.passed) throw gateMissed('EVALS_BASELINE_MISSED', message, { baseline: experiment })
  } catch (error) {
    context.task.meta.evals ??= { ...facts, passed: false, message: `${title}: ${messageOf(error)}` }
    throw error
  }
}

async function judge(plan: EvalPlan, { options, scorers }: PlannedBaseline): Promise<BaselineVerdict> {
  // Loaded here because the distributions take a while to start.
  const { judgeBaseline } = await import('@evals/core/stats')
  const { eval: name, variant, run } = plan
  const stored = await readEvalResults(run!.store, options.experiment, { eval: name })
  const base = stored.get(evalKey(name, variant))?.results
  const side = (results: typeof base, declared: readonly ScorerDeclaration[]): ComparedSide => ({
    results: [...(results?.values() ?? [])].map((result): ComparedResult => ({ ...result, eval: name, variant })),
    scorers: { [name]: declared },
  })
  return judgeBaseline({ base: side(base, scorers), other: side(plan.results, declarations(plan)) }, options)
}
