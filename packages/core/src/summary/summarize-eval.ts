import type { BaselineVerdict } from '../comparison/baseline-verdict.ts'
import type { Outcome, Variant } from '../record/record.ts'
import { totalUsage } from '../record/call-totals.ts'
import { percentile } from '../stats/percentile.ts'
import type { Estimate } from '../stats/estimate.ts'
import type {
  EvalSummary,
  SampleCounts,
  ScorerDeclaration,
  ScorerSummary,
  TagSummary,
  ThresholdVerdict,
} from './eval-summary.ts'
import { groupByTag } from './group-by-tag.ts'
import { addUses, roundUse, type ModelUse } from './model-use.ts'
import type { SampleResult } from './sample-result.ts'
import { summarizeScores } from './summarize-scores.ts'

/** What is known of an eval besides its results. */
export interface EvalFacts {
  readonly eval: string
  readonly variant: Variant
  /** Planned samples × epochs. */
  readonly planned: number
  readonly scorers: readonly ScorerDeclaration[]
  readonly maxErrorRate?: number
  /** Scorer → metric → value. */
  readonly metrics?: Readonly<Record<string, Readonly<Record<string, Estimate>>>>
  readonly thresholds?: readonly ThresholdVerdict[]
  readonly baseline?: BaselineVerdict
}

/** Computes all figures of an eval in one pass per figure over its results. */
export async function summarizeEval(facts: EvalFacts, results: Iterable<SampleResult>): Promise<EvalSummary> {
  const all = [...results]
  const { thresholds = [], baseline, maxErrorRate = 0 } = facts
  const tags = await summarizeTags(all, facts.scorers)
  const models = addUses(all.flatMap((result): readonly ModelUse[] => result.models ?? []))
  const limited = countLimits(all)
  return {
    eval: facts.eval,
    variant: facts.variant,
    samples: countOutcomes(all, facts.planned),
    ...(maxErrorRate > 0 ? { maxErrorRate } : {}),
    scorers: withMetrics(await summarizeScores(all, facts.scorers, { planning: true }), facts.metrics ?? {}),
    ...(tags === undefined ? {} : { tags }),
    thresholds,
    ...(baseline === undefined ? {} : { baseline }),
    verdict: verdictOf(baseline === undefined ? thresholds : [...thresholds, baseline]),
    usage: totalUsage(all.map(({ usage = {} }) => ({ usage }))),
    costUsd: costOf(all),
    ...(models.length > 0 ? { models: models.map(roundUse) } : {}),
    ...(limited === undefined ? {} : { limited }),
    latencyMs: latencyOf(all),
  }
}

function countOutcomes(results: readonly SampleResult[], planned: number): SampleCounts {
  const counts: Record<Outcome, number> = { scored: 0, error: 0, timeout: 0, cancelled: 0 }
  for (const { outcome } of results) counts[outcome] += 1
  const failed = results.filter(({ passed }) => passed === false).length
  const unjudged = results.filter(({ outcome, passed }) => outcome === 'scored' && passed === null).length
  const missing = Math.max(0, planned - results.length)
  return { total: planned, ...counts, failed, ...(unjudged > 0 ? { unjudged } : {}), missing }
}

function countLimits(results: readonly SampleResult[]): EvalSummary['limited'] {
  const limited = results.flatMap(({ limit }) => limit ?? [])
  if (limited.length === 0) return undefined
  return Object.fromEntries([...Map.groupBy(limited, (limit) => limit)].map(([limit, all]) => [limit, all.length]))
}

async function summarizeTags(
  results: readonly SampleResult[],
  scorers: readonly ScorerDeclaration[],
): Promise<Record<string, TagSummary> | undefined> {
  const groups = groupByTag(results, ({ tags = [] }) => tags)
  if (groups.length === 0) return undefined
  const summaries = groups.map(async ([tag, tagged]) => {
    return [tag, { samples: tagged.length, scorers: await summarizeScores(tagged, scorers) }] as const
  })
  return Object.fromEntries(await Promise.all(summaries))
}

function withMetrics(
  scorers: Record<string, ScorerSummary>,
  metrics: NonNullable<EvalFacts['metrics']>,
): Record<string, ScorerSummary> {
  return Object.fromEntries(
    Object.entries(scorers).map(([name, summary]) => {
      const own = metrics[name]
      return [name, own === undefined ? summary : { ...summary, metrics: own }]
    }),
  )
}

/** What an eval's thresholds come to. */
export function verdictOf(gates: readonly { readonly passed: boolean | null }[]): boolean | null {
  if (gates.some(({ passed }) => passed === false)) return false
  return gates.length > 0 && gates.every(({ passed }) => passed === true) ? true : null
}

function costOf(results: readonly SampleResult[]): EvalSummary['costUsd'] {
  // What an interrupted call costs is not known; what a budget stopped has paid for its calls before.
  const counted = results.filter(({ outcome, costUsd }) => outcome !== 'cancelled' || costUsd !== undefined)
  // What failed before its first call has cost nothing.
  const called = counted.filter(({ costUsd, models }) => costUsd !== undefined || models !== undefined)
  if (called.length === 0 || called.some(({ costUsd }) => costUsd === undefined)) return null
  const total = called.reduce((sum, { costUsd = 0 }) => sum + costUsd, 0)
  return { total, mean: total / counted.length }
}

function latencyOf(results: readonly SampleResult[]): EvalSummary['latencyMs'] {
  const sorted = Float64Array.from(
    results.filter(({ outcome }) => outcome === 'scored').map((result) => result.durationMs),
  ).sort()
  if (sorted.length === 0) return null
  return { p50: percentile(sorted, 50), p95: percentile(sorted, 95), p99: percentile(sorted, 99) }
}
