import type { ScoreDetails } from '../../scoring/scorer.ts'
import { type Fits, matchInAnyOrder, matchInOrder } from './match-sequences.ts'
import { refuseLongTexts } from '../similarity/refuse-long-texts.ts'

/** How the steps of an agent are compared with those that are wanted. */
export interface SequenceRules<Item> {
  /** Who asks, for errors. */
  readonly scorer: string
  readonly inOrder: boolean
  /** Further steps do no harm. */
  readonly extra: boolean
  /** Grade by how many fit, instead of all or nothing. */
  readonly partialCredit: boolean
  readonly fits: Fits<Item, Item>
}

/**
 * 1 when all wanted steps were made (and no other, unless `extra`), else 0. With partial credit F1 of the steps that fit,
 * with `extra` their recall. Nothing wanted and nothing made is 1.
 */
export function scoreSequence<Item>(
  found: readonly Item[],
  wanted: readonly Item[],
  rules: SequenceRules<Item>,
): ScoreDetails {
  const { scorer, inOrder, extra, partialCredit, fits } = rules
  refuseLongTexts(scorer, { size: found.length * wanted.length, most: 1_000_000, unit: 'pairs of steps' })
  const matched = (inOrder ? matchInOrder : matchInAnyOrder)(found, wanted, fits)
  const precision = found.length === 0 ? 1 : matched / found.length
  const recall = wanted.length === 0 ? 1 : matched / wanted.length
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  const isComplete = matched === wanted.length && (extra || matched === found.length)
  const graded = extra ? recall : f1
  return {
    value: partialCredit ? graded : Number(isComplete),
    explanation: `${matched} of ${wanted.length} expected, ${found.length} made`,
    metadata: { precision, recall, f1 },
  }
}
