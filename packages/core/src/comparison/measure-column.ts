import { pairedDifference } from '../stats/paired-difference.ts'
import type { ScoreDifference } from '../stats/score-difference.ts'
import { subtractScores } from '../stats/subtract-scores.ts'
import { unpairedDifference, type IndependentScores } from '../stats/unpaired-difference.ts'
import type { ComparedEval, Side } from './compared-eval.ts'
import type { PairedColumn } from './pair-column.ts'
import type { FlippedSample, Flips } from './score-comparison.ts'

/** Settings of {@link measurePairs} and {@link measureUnpaired}. */
export interface MeasureOptions {
  /** Confidence level of the interval. */
  readonly level: number
  /** Random numbers of the sign-flip test. */
  readonly seed: number
}

/** The difference over pairs of a column; `null` without any. */
export function measurePairs(
  compared: ComparedEval,
  column: PairedColumn,
  { level, seed, pairs = column.pairs }: MeasureOptions & { readonly pairs?: readonly number[] },
): ScoreDifference | null {
  const { values: base, clusters } = scoresOf(compared, column, { side: 'base', positions: pairs })
  const { values: other } = scoresOf(compared, column, { side: 'other', positions: pairs })
  const scores = { kind: testedKind(column), range: column.range, base, other }
  return pairedDifference({ ...scores, ...(clusters && { clusters }) }, { level, seed })
}

/** The difference over all samples of both sides, which are different ones; `null` where a side has none. */
export function measureUnpaired(
  compared: ComparedEval,
  column: PairedColumn,
  { level }: MeasureOptions,
): ScoreDifference | null {
  const base = scoresOf(compared, column, { side: 'base', positions: column.scored.base })
  const other = scoresOf(compared, column, { side: 'other', positions: column.scored.other })
  return unpairedDifference(base, other, { kind: testedKind(column), range: column.range, level })
}

/** What changed between the sides, the `limit` greatest changes each way by name. */
export function flipsOf(compared: ComparedEval, column: PairedColumn, limit: number): Flips {
  const ids = compared.ids()
  const [before, after] = [compared.column(column.scorer, 'base'), compared.column(column.scorer, 'other')]
  const toBetter: FlippedSample[] = []
  const toWorse: FlippedSample[] = []
  for (const position of column.pairs) {
    const [base, other] = [before.scoreAt(position)!, after.scoreAt(position)!]
    const difference = subtractScores(other, base)
    if (difference === 0) continue
    const isBetter = column.direction === 'higher' ? difference > 0 : difference < 0
    const list = isBetter ? toBetter : toWorse
    list.push({ id: ids[position]!, base, other })
  }
  const size = ({ base, other }: FlippedSample): number => Math.abs(other - base)
  const greatest = (flips: FlippedSample[]): FlippedSample[] => flips.sort((a, b) => size(b) - size(a)).slice(0, limit)
  const [better, worse] = [toBetter.length, toWorse.length]
  return {
    better,
    worse,
    same: column.pairs.length - better - worse,
    toBetter: greatest(toBetter),
    toWorse: greatest(toWorse),
  }
}

/** Means of several epochs are shares of successes, for which McNemar's test is not defined. */
function testedKind({ kind, repeated }: PairedColumn): 'binary' | 'graded' {
  return repeated ? 'graded' : kind
}

function scoresOf(
  compared: ComparedEval,
  { scorer }: PairedColumn,
  { side, positions }: { readonly side: Side; readonly positions: readonly number[] },
): IndependentScores {
  const column = compared.column(scorer, side)
  const clusters = compared.clustersOf(positions)
  return { values: positions.map((position) => column.scoreAt(position)!), ...(clusters && { clusters }) }
}
