import type { Scorer, ScorerInput } from '../../scoring/scorer.ts'
import { callback, checkOptions, flag, optionsVersion, type ScorerOptions, word } from '../scorer-options.ts'
import { binaryScale, expectedMissing, toTexts, unitScale } from '../text-scorer.ts'
import { scoreSequence } from './sequence-score.ts'
import { usedTools } from './tool-uses.ts'

/** Options of {@link trajectory}. */
export interface TrajectoryOptions extends ScorerOptions {
  /**
   * `exact`: the expected steps and no other. `inOrder`: the expected steps in that order, others between them.
   * `anyOrder`: the expected steps, others too. Default `inOrder`.
   */
  readonly mode?: 'exact' | 'inOrder' | 'anyOrder'
  /** Grade by the share of the expected steps that were made (`exact`: F1), instead of all or nothing. Default false. */
  readonly partialCredit?: boolean
  /** The names of a sample's steps. Default: of the tools it used, as `toolCalls` finds them. */
  readonly steps?: (sample: ScorerInput) => readonly string[]
}

/**
 * Whether an agent took the expected way: `expected` is an array of names of steps. `metadata` has `{ precision, recall,
 * f1 }` of the steps: as many as possible are paired, each once. With arguments, use `toolCalls`.
 *
 * @param options `mode = 'inOrder'`, `partialCredit = false`, `steps`, `name = 'trajectory'`
 * @returns A binary scorer, with `partialCredit` a graded one; range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, and
 *   `EVALS_SCORER_FAILED` for steps that are no names, and for more than a million pairs of steps
 * @example
 * // row: { goal: 'Refund order 7', expected: ['find_order', 'refund'] }
 * scorers: [trajectory({ steps: ({ trace }) => trace.flatMap((step) => (step.type === 'span' ? [step.name] : [])) })]
 */
export function trajectory(options: TrajectoryOptions = {}): Scorer {
  checkOptions('trajectory', options, {
    mode: word('exact', 'inOrder', 'anyOrder'),
    partialCredit: flag,
    steps: callback,
  })
  const { name = 'trajectory', mode = 'inOrder', partialCredit = false } = options
  const { steps = (sample) => usedTools(name, sample).map((tool) => tool.name) } = options
  return {
    name,
    version: optionsVersion('trajectory', options),
    ...(partialCredit ? unitScale : binaryScale),
    needsExpected: true,
    score(sample) {
      if (sample.expected === undefined) throw expectedMissing(name)
      return scoreSequence(steps(sample), toTexts(name, sample.expected), {
        scorer: name,
        inOrder: mode !== 'anyOrder',
        extra: mode !== 'exact',
        partialCredit,
        fits: (made, wanted) => made === wanted,
      })
    },
  }
}
