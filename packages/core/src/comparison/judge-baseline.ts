import type { BaselineOptions, BaselineScore, BaselineVerdict } from './baseline-verdict.ts'
import { compare } from './compare.ts'
import type { ComparedSide } from './compared-result.ts'
import { describeVerdict } from './describe-verdict.ts'

/** Both sides of the comparison of one eval and variant. */
export interface BaselineSides {
  readonly base: ComparedSide
  readonly other: ComparedSide
}

/**
 * Judges one eval and variant against its baseline, adjusted by Holm over its scorers. A scorer that the baseline has no
 * score of cannot fail it.
 *
 * @throws EvalsError as `compare`
 */
export async function judgeBaseline(
  { base, other }: BaselineSides,
  { experiment, alpha = 0.05, margin, gate = 'worse' }: BaselineOptions,
): Promise<BaselineVerdict> {
  const { scores: compared } = await compare(base, other, {
    alpha,
    ...(margin !== undefined && { margin }),
    maxFlips: 0,
  })
  const scores = compared
    .filter(({ scored }) => scored.base > 0)
    .map(({ eval: _eval, variant: _variant, flips: _flips, tags: _tags, ...score }): BaselineScore => ({
      ...score,
      sentence: describeVerdict(score),
    }))
  const facts = { experiment, gate, scores }
  if (scores.length === 0) return { ...facts, passed: null, message: notCompared(experiment) }
  const bad = scores.filter(({ verdict }) =>
    gate === 'worse' ? verdict === 'worse' : verdict !== 'better' && verdict !== 'notWorse',
  )
  const told = bad.length > 0 ? bad : scores
  const sentences = told.map(({ scorer, sentence }) => `${scorer} ${sentence}`).join('; ')
  // "Cannot tell" is no failure by itself.
  const missed = bad.length > 0 && gate === 'notWorse' ? `the gate notWorse with margin ${margin ?? 0} is missed, ` : ''
  return { ...facts, passed: bad.length === 0, message: `${missed}compared with "${experiment}": ${sentences}` }
}

/** Why there is no verdict. */
export function notCompared(experiment: string): string {
  return `not compared: the baseline "${experiment}" has no score of this eval and variant`
}
