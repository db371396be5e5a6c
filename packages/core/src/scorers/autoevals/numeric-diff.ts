import { numericSimilarity } from '../numbers/numeric-diff.ts'
import { expectedMissing } from '../text-scorer.ts'
import { type Score, type ScorerWithPartial, withPartial } from './partial.ts'

/** `1 - |expected - output| / (|expected| + |output|)`, 1 for 0 and 0. */
export const NumericDiff: ScorerWithPartial<number, object, Score> = withPartial(
  'NumericDiff',
  ({ output, expected }) => {
    if (expected === undefined) throw expectedMissing('NumericDiff')
    return { name: 'NumericDiff', score: numericSimilarity(output, expected) }
  },
)
