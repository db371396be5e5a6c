import {
  declareScorers,
  evalKey,
  fingerprintsOf,
  messageOf,
  readEvalResults,
  type BaselineVerdict,
  type SampleResult,
  type ScorerDeclaration,
} from '@evals/core'
import type { ComparedResult, ComparedSide } from '@evals/core/stats'
import type { TestContext } from 'vitest'
import { missingSamples, type EvalPlan } from './eval-plan.ts'
import { testFailure } from './test-failure.ts'
import { addOtherShards } from './other-shards.ts'
import type { PlannedBaseline } from './plan-baseline.ts'
import { requireResults } from './require-results.ts'

const title = 'baseline'

/** Compares the results of the planned set with those of the baseline, after all samples. */
export async function runBaselineTest(plan: EvalPlan, baseline: PlannedBaseline, context: TestContext): Promise<void> {
  const { experiment, gate = 'worse' } = baseline.options
  const facts = { experiment, gate, scores: [] }
  await addOtherShards(plan)
  if (plan.sharded && missingSamples(plan) > 0) {
    const compare = `evals compare ${experiment} ${plan.run?.experiment ?? ''}`
    context.skip(`${title}: not judged, a shard has not all samples. When all shards have run: ${compare}`)
  }
  requireResults(plan, { title, context, note: (why) => (context.task.meta.evals = { ...facts, ...why }) })
  try {
    const verdict = await judge(plan, baseline)
    const message = `${title}: ${verdict.message}`
    context.task.meta.evals = { ...verdict, message }
    if (verdict.passed === null) context.skip(message)
    if (!verdict.passed) throw testFailure('EVALS_BASELINE_MISSED', message, { baseline: experiment })
  } catch (error) {
    context.task.meta.evals ??= { ...facts, passed: false, message: `${title}: ${messageOf(error)}` }
    throw error
  }
}

interface SideScorers {
  readonly declared: readonly ScorerDeclaration[]
  /** Scorer → fingerprint. */
  readonly judgedBy: Readonly<Record<string, string>> | undefined
}

async function judge(
  plan: EvalPlan,
  { options, scorers, fingerprints, counting }: PlannedBaseline,
): Promise<BaselineVerdict> {
  // Loaded here because most runs compare nothing.
  const { judgeBaseline } = await import('@evals/core/stats')
  const { eval: name, variant, run } = plan
  const stored = await readEvalResults(run!.store, options.experiment, { eval: name, ...counting })
  const key = evalKey(name, variant)
  const side = (results: Iterable<SampleResult>, { declared, judgedBy }: SideScorers): ComparedSide => ({
    results: [...results].map((result): ComparedResult => ({
      ...result,
      eval: name,
      variant,
      ...(judgedBy && { fingerprints: judgedBy }),
    })),
    scorers: { [name]: declared },
  })
  const base = side(stored.get(key)?.results.values() ?? [], { declared: scorers, judgedBy: fingerprints[key] })
  const judgedBy = fingerprintsOf(plan.scorers)
  const other = side(plan.results.values(), { declared: declareScorers(plan.scorers), judgedBy })
  return judgeBaseline({ base, other }, options)
}
