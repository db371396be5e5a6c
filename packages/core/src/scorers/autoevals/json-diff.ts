import { jsonSimilarity } from '../structure/json-similarity.ts'
import { Levenshtein } from './levenshtein.ts'
import { NumericDiff } from './numeric-diff.ts'
import { type Score, type ScorerWithPartial, withPartial } from './partial.ts'

type PartScorer<Value> = (args: { output: Value; expected: Value }) => Score | Promise<Score>

/** Arguments of {@link JSONDiff} besides output and expected. */
export interface JsonDiffArguments {
  /** Compares texts. Default `Levenshtein`. */
  readonly stringScorer?: PartScorer<string>
  /** Compares numbers. Default `NumericDiff`. */
  readonly numberScorer?: PartScorer<number>
  /** Do not parse texts that hold JSON. Default false. */
  readonly preserveStrings?: boolean
}

/** How alike two JSON values are, part by part; values of different types are compared by the texts of their JSON. */
export const JSONDiff: ScorerWithPartial<unknown, JsonDiffArguments, Promise<Score>> = withPartial(
  'JSONDiff',
  async ({ output, expected, stringScorer = Levenshtein, numberScorer = NumericDiff, preserveStrings = false }) => ({
    name: 'JSONDiff',
    score: await jsonSimilarity(output, expected, {
      preserveStrings,
      compareTexts: valueOf<string>(stringScorer),
      compareNumbers: valueOf<number>(numberScorer),
      othersAsTexts: true,
    }),
  }),
)

function valueOf<Value>(score: PartScorer<Value>): (output: Value, expected: Value) => Promise<number> {
  return async (output, expected) => (await score({ output, expected })).score ?? 0
}
