import type { ScorerDeclaration } from '../summary/eval-summary.ts'
import { rangeOf } from '../scoring/read-scorer-result.ts'
import { EvalsError } from '../errors.ts'
import { invalidStatistic } from '../stats/invalid-statistic.ts'
import type { ComparedEval, Side } from './compared-eval.ts'
import type { UnpairedCounts, UnpairedReason } from './score-comparison.ts'

/** One scorer of an eval, its samples sorted into those with two scores and those with one. */
export interface PairedColumn {
  readonly scorer: string
  readonly kind: 'binary' | 'graded'
  readonly direction: 'higher' | 'lower'
  readonly range: readonly [min: number, max: number]
  /** Samples with several epochs: their scores are means, also where `kind` is `binary`. */
  readonly repeated: boolean
  /** Positions of the samples with a score on both sides. */
  readonly pairs: readonly number[]
  readonly scored: Readonly<Record<Side, readonly number[]>>
  readonly unpaired: Readonly<Record<Side, UnpairedCounts>>
}

/** What the sides declare of a scorer. */
export interface ColumnDeclarations {
  readonly base: ScorerDeclaration | undefined
  readonly other: ScorerDeclaration | undefined
}

/**
 * Pairs the samples of one scorer.
 *
 * @throws EvalsError `EVALS_COMPARISON_INVALID` where the two sides declare the scorer differently, or different models
 *   judged and `allowMixedJudges` is false; `EVALS_STATISTIC_INVALID` for a score outside the declared range
 */
export function pairColumn(
  compared: ComparedEval,
  scorer: string,
  options: { readonly declared: ColumnDeclarations; readonly allowMixedJudges: boolean },
): PairedColumn {
  const columns = { base: compared.column(scorer, 'base'), other: compared.column(scorer, 'other') }
  const where = `"${scorer}" of "${compared.eval}"`
  const scale = scaleOf(options.declared, where)
  const onlyBooleans = columns.base.onlyBooleans && columns.other.onlyBooleans
  const kind = scale.kind ?? (onlyBooleans ? 'binary' : 'graded')
  const range = rangeOf({ ...scale, kind })
  const repeated = columns.base.repeated || columns.other.repeated
  const judges = [...new Set([...columns.base.judges, ...columns.other.judges])]
  if (judges.length > 1 && !options.allowMixedJudges) throw mixedJudges(scorer, where, judges)
  const scored = { base: [...columns.base.scored()], other: [...columns.other.scored()] }
  for (const side of ['base', 'other'] as const) {
    for (const position of scored[side]) {
      const score = columns[side].scoreAt(position)!
      const expected = expectedInstead(score, { kind, range, repeated })
      if (expected === null) continue
      const id = compared.ids()[position]!
      const message = `A score of ${where} must be ${expected}, not ${score} (${side}, sample ${id}).`
      throw invalidStatistic(message, { scorer, side, id, score })
    }
  }
  return {
    scorer,
    kind,
    direction: scale.direction ?? 'higher',
    range,
    repeated,
    pairs: scored.base.filter((position) => columns.other.scoreAt(position) !== null),
    scored,
    unpaired: {
      base: countLonely(scored.base, (position) => partnerLack(compared, { position, scorer, side: 'other' })),
      other: countLonely(scored.other, (position) => partnerLack(compared, { position, scorer, side: 'base' })),
    },
  }
}

function mixedJudges(scorer: string, where: string, judges: readonly string[]): EvalsError {
  return invalidComparison(
    `The scores ${where} come from different judges (${judges.join(', ')}), so a difference may be theirs. ` +
      'Score both sides with one of them, or compare with `allowMixedJudges`.',
    { scorer, judges },
  )
}

function scaleOf({ base, other }: ColumnDeclarations, where: string): Partial<ScorerDeclaration> {
  if (base === undefined || other === undefined) return base ?? other ?? {}
  for (const field of ['kind', 'direction', 'range'] as const) {
    const [first, second] = [declaredText(base, field), declaredText(other, field)]
    if (first === undefined || second === undefined || first === second) continue
    throw invalidComparison(
      `The sides declare ${where} differently: ${field} is ${first} in the base and ${second} in the other. ` +
        'Score one side again with the scorer of the other.',
      { field, base: first, other: second },
    )
  }
  return { ...other, ...base }
}

function declaredText(scale: ScorerDeclaration, field: 'kind' | 'direction' | 'range'): string | undefined {
  if (field !== 'range') return scale[field]
  return scale.range === undefined ? undefined : rangeOf(scale).join(' to ')
}

/** What a score had to be, `null` if it is. A mean over epochs of 0 and 1 lies between them. */
function expectedInstead(
  score: number,
  { kind, range, repeated }: Pick<PairedColumn, 'kind' | 'range' | 'repeated'>,
): string | null {
  if (score < range[0] || score > range[1]) return `from ${range[0]} to ${range[1]}, its range`
  return kind === 'graded' || repeated || score === 0 || score === 1 ? null : '0 or 1, since it is binary'
}

function partnerLack(
  compared: ComparedEval,
  { position, scorer, side }: { readonly position: number; readonly scorer: string; readonly side: Side },
): UnpairedReason | null {
  if (compared.column(scorer, side).scoreAt(position) !== null) return null
  return compared.reasonAt(position, scorer, side)
}

function countLonely(
  positions: readonly number[],
  reasonAt: (position: number) => UnpairedReason | null,
): UnpairedCounts {
  const counts: Partial<Record<UnpairedReason, number>> = {}
  for (const position of positions) {
    const reason = reasonAt(position)
    if (reason !== null) counts[reason] = (counts[reason] ?? 0) + 1
  }
  return counts
}

function invalidComparison(message: string, details: Readonly<Record<string, unknown>>): EvalsError {
  return new EvalsError('EVALS_COMPARISON_INVALID', message, { details })
}
