import { storedRange } from '../scoring/read-scorer-result.ts'
import { adjustPValues, type Adjustment } from '../stats/adjust-p-values.ts'
import type { ScoreDifference } from '../stats/score-difference.ts'
import { groupByTag } from '../summary/group-by-tag.ts'
import type { ComparedEval } from './compared-eval.ts'
import { judgeVerdict } from './judge-verdict.ts'
import { flipsOf, measurePairs } from './measure-column.ts'
import type { PairedColumn } from './pair-column.ts'
import { planFor } from './plan-for.ts'
import type { JudgedDifference, ScoreComparison, TagComparison } from './score-comparison.ts'

/** A column of which the difference is known, but not yet how many others were tested. */
export interface MeasuredColumn {
  readonly compared: ComparedEval
  readonly column: PairedColumn
  /** `null` where a side has no score. */
  readonly difference: ScoreDifference | null
}

/** By what a column is judged. */
export interface JudgeSettings {
  readonly alpha: number
  readonly adjustment: Adjustment
  /** How many p-values were adjusted together. */
  readonly tests: number
  readonly seed: number
  readonly margin?: number
  readonly maxFlips?: number
}

/** The whole comparison of one column, given its p-value after adjustment. */
export function judgeColumn(
  { compared, column, difference }: MeasuredColumn,
  pAdjusted: number | null,
  settings: JudgeSettings,
): ScoreComparison {
  const { alpha, adjustment, tests, margin, maxFlips = 20 } = settings
  const { scorer, kind, direction, range, pairs, scored, unpaired } = column
  const isPaired = pairs.length > 0
  const clusters = compared.clustersOf(isPaired ? pairs : [...scored.base, ...scored.other])
  const judged = judge(difference, pAdjusted, { direction, settings })
  return {
    eval: compared.eval,
    variant: compared.variant,
    scorer,
    kind,
    direction,
    range: storedRange(range),
    pairing: isPaired ? 'paired' : 'unpaired',
    scored: { base: scored.base.length, other: scored.other.length },
    unpaired,
    changedRows: pairs.filter((position) => compared.isRowChanged(position)).length,
    scorerChanged: compared.isScorerChanged(scorer),
    ...(clusters === undefined ? {} : { clusters: new Set(clusters).size }),
    ...judged,
    alpha,
    adjustment,
    tests,
    ...(margin === undefined ? {} : { margin }),
    ...planFor(difference, { verdict: judged.verdict, column, settings }),
    flips: flipsOf(compared, column, maxFlips),
    tags: compareTags(compared, column, settings),
  }
}

function judge(
  measured: ScoreDifference | null,
  pAdjusted: number | null,
  { direction, settings }: { readonly direction: 'higher' | 'lower'; readonly settings: JudgeSettings },
): JudgedDifference {
  const { alpha, margin } = settings
  const difference = measured?.difference ?? null
  return {
    n: difference?.n ?? 0,
    baseMean: measured?.baseMean ?? null,
    otherMean: measured?.otherMean ?? null,
    difference,
    test: measured?.test ?? null,
    exact: measured?.exact ?? true,
    pValue: measured?.pValue ?? null,
    pAdjusted,
    verdict: judgeVerdict({ difference, direction, pAdjusted, alpha, ...(margin !== undefined && { margin }) }),
  }
}

function compareTags(compared: ComparedEval, column: PairedColumn, settings: JudgeSettings): TagComparison[] {
  const { alpha, seed } = settings
  const tagged = groupByTag(column.pairs, (position) => compared.tagsAt(position)).map(([tag, pairs]) => ({
    tag,
    difference: measurePairs(compared, column, { level: 1 - alpha, seed, pairs }),
  }))
  const adjusted = adjustPValues(
    tagged.map(({ difference }) => difference?.pValue ?? null),
    'holm',
  )
  const { direction } = column
  return tagged.map(({ tag, difference }, index) => ({
    tag,
    ...judge(difference, adjusted[index]!, { direction, settings }),
  }))
}
