import { EvalsError } from '../errors.ts'
import { evalKey } from '../record/eval-key.ts'
import { adjustPValues, type Adjustment } from '../stats/adjust-p-values.ts'
import { ComparedEval, type Side } from './compared-eval.ts'
import type { ComparedSide } from './compared-result.ts'
import { judgeColumn, type MeasuredColumn } from './judge-column.ts'
import { measurePairs, measureUnpaired } from './measure-column.ts'
import { pairColumn } from './pair-column.ts'
import type { Comparison } from './score-comparison.ts'

/** Settings of {@link compare}. */
export interface CompareOptions {
  /** Chance of a false alarm over all tests together, default 0.05; intervals have level 1 − alpha. */
  readonly alpha?: number
  /** How p-values of several scorers and evals are adjusted together, default `holm`. */
  readonly adjustment?: Adjustment
  /** Differences up to it are of no concern: gives the verdict `notWorse`. In the units of the scores. */
  readonly margin?: number
  /** Compare scores although different models judged them. Default false. */
  readonly allowMixedJudges?: boolean
  /** How many flipped samples are named each way, default 20. */
  readonly maxFlips?: number
  /** Random numbers of the sign-flip test, default 0. */
  readonly seed?: number
}

/**
 * Compares two collections of results, eval by eval and scorer by scorer, each sample with itself.
 *
 * A sample's score is the mean of its scored epochs; samples with a score on both sides are pairs (same eval, variant
 * and id). Only where a scorer has no pair at all are different samples compared, marked `unpaired`. All p-values of
 * the call are adjusted together: give one eval's results to judge that eval alone.
 *
 * O(1) memory per sample and score, so both sides may be streamed from a store.
 *
 * @throws EvalsError `EVALS_COMPARISON_INVALID` for sides that declare a scorer differently, different judges, two results
 *   of one sample and epoch, or a margin that is no positive number; `EVALS_STATISTIC_INVALID` for scores that are no finite
 *   numbers or outside their range
 */
export async function compare(
  base: ComparedSide,
  other: ComparedSide,
  options: CompareOptions = {},
): Promise<Comparison> {
  const { alpha = 0.05, adjustment = 'holm', margin, allowMixedJudges = false, seed = 0 } = options
  if (margin !== undefined && !(margin > 0 && margin < Infinity)) {
    throw new EvalsError('EVALS_COMPARISON_INVALID', `margin must be a positive number, not ${margin}.`, {
      details: { margin },
    })
  }
  const evals = new Map<string, ComparedEval>()
  await collect(evals, base, 'base')
  await collect(evals, other, 'other')
  const measured = [...evals.values()].flatMap((compared) =>
    measureEval(compared, { base, other, alpha, allowMixedJudges, seed }),
  )
  const adjusted = adjustPValues(
    measured.map(({ difference }) => difference?.pValue ?? null),
    adjustment,
  )
  const tests = adjustment === 'none' ? 1 : adjusted.filter((p) => p !== null).length
  const settings = { ...options, alpha, adjustment, seed, tests }
  return {
    scores: measured.map((column, index) => judgeColumn(column, adjusted[index]!, settings)),
    onlyInBase: [...evals].filter(([, compared]) => !compared.has('other')).map(([key]) => key),
    onlyInOther: [...evals].filter(([, compared]) => !compared.has('base')).map(([key]) => key),
  }
}

async function collect(evals: Map<string, ComparedEval>, { results }: ComparedSide, side: Side): Promise<void> {
  for await (const result of results) {
    const { variant = {} } = result
    const key = evalKey(result.eval, variant)
    let compared = evals.get(key)
    if (compared === undefined) evals.set(key, (compared = new ComparedEval(result.eval, variant)))
    compared.add(result, side)
  }
}

interface MeasureSettings {
  readonly base: ComparedSide
  readonly other: ComparedSide
  readonly alpha: number
  readonly allowMixedJudges: boolean
  readonly seed: number
}

function measureEval(
  compared: ComparedEval,
  { base, other, alpha, allowMixedJudges, seed }: MeasureSettings,
): MeasuredColumn[] {
  if (!compared.has('base') || !compared.has('other')) return []
  return compared.scorers.map((scorer) => {
    const [inBase, inOther] = [base, other].map(({ scorers = {} }) =>
      scorers[compared.eval]?.find(({ name }) => name === scorer),
    )
    const column = pairColumn(compared, scorer, { declared: { base: inBase, other: inOther }, allowMixedJudges })
    const measure = column.pairs.length > 0 ? measurePairs : measureUnpaired
    return { compared, column, difference: measure(compared, column, { level: 1 - alpha, seed }) }
  })
}
