import { expectedMissing } from '../text-scorer.ts'
import { refuseLongTexts } from '../similarity/refuse-long-texts.ts'
import { bestAssignment } from './best-assignment.ts'
import { Levenshtein } from './levenshtein.ts'
import { type Score, type ScorerWithPartial, withPartial } from './partial.ts'

/** Arguments of {@link ListContains} besides output and expected. */
export interface ListContainsArguments {
  /** Compares two items. Default `Levenshtein`. */
  readonly pairwiseScorer?: (args: { output: string; expected: string }) => Score | Promise<Score>
  /** Further items of the output do no harm: the sum is divided by the length of expected. Default false. */
  readonly allowExtraEntities?: boolean
}

/**
 * How alike two lists are in any order: items are paired so that the sum of their similarities is greatest, and the sum
 * is divided by the length of the longer list.
 */
export const ListContains: ScorerWithPartial<string[], ListContainsArguments, Promise<Score>> = withPartial(
  'ListContains',
  async ({ output, expected, pairwiseScorer = Levenshtein, allowExtraEntities = false }) => {
    const name = 'ListContains'
    if (expected === undefined) throw expectedMissing(name)
    if (output.length === 0 || expected.length === 0) return { name, score: output.length === expected.length ? 1 : 0 }
    refuseLongTexts(name, { size: Math.max(output.length, expected.length), most: 500, unit: 'items' })
    const similarities = await Promise.all(
      output.map((item) =>
        Promise.all(
          expected.map(async (other) => (await pairwiseScorer({ output: item, expected: other })).score ?? 0),
        ),
      ),
    )
    const pairs = bestAssignment(similarities).map(([row, column]) => ({
      output: output[row],
      expected: expected[column],
      score: similarities[row]![column]!,
    }))
    const sum = pairs.reduce((total, pair) => total + pair.score, 0)
    const length = allowExtraEntities ? expected.length : Math.max(output.length, expected.length)
    return { name, score: Math.min(1, Math.max(0, sum / length)), metadata: { pairs } }
  },
)
