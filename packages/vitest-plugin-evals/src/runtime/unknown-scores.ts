import { didYouMean, evalKey, type SampleResult } from '@evals/core'
import type { EvalPlan } from './eval-plan.ts'

/** Names that no scorer has: figures of all evals, and what a failed `expect` scores. */
const ownNames = ['costUsd', 'latencyMs', 'assertions']

const checked = new WeakSet<object>()

/**
 * What to warn of when the first sample has all its scores: thresholds on scores that it does not have. Until then nobody
 * knows, since scorers and tasks may name scores while they run; at the end all models would have been paid. Empty for
 * later samples.
 */
export function unknownScores(
  plan: Pick<EvalPlan, 'eval' | 'variant' | 'scorers' | 'thresholds'>,
  { outcome, scores }: Pick<SampleResult, 'outcome' | 'scores'>,
): string[] {
  if (plan.thresholds.length === 0 || checked.has(plan)) return []
  const isWhole = Object.values(scores).every((score) => score !== 'failed' && score !== 'absent')
  if (outcome !== 'scored' || !isWhole) return []
  checked.add(plan)
  const known = [...new Set([...plan.scorers.map(({ name }) => name), ...Object.keys(scores)])]
  return plan.thresholds
    .filter(({ subject }) => !known.includes(subject) && !ownNames.includes(subject))
    .map(({ subject, title }) => {
      const has = known.length === 0 ? 'no score' : known.join(', ')
      return `${evalKey(plan.eval, plan.variant)}: the threshold \`${title}\` is on a score "${subject}", which the first scored sample has not; it has ${has}.${didYouMean(subject, known)} Unless another sample gets one, the threshold fails at the end.`
    })
}
