import { expectedMissing } from '../text-scorer.ts'
import { textSimilarity } from '../similarity/levenshtein.ts'
import { type Score, type ScorerWithPartial, withPartial } from './partial.ts'

/** `1 - edit distance / length of the longer text`, in UTF-16 units; values that are no texts are written as such. */
export const Levenshtein: ScorerWithPartial<unknown, object, Score> = withPartial(
  'Levenshtein',
  ({ output, expected }) => {
    if (expected === undefined) throw expectedMissing('Levenshtein')
    const rules = { scorer: 'Levenshtein', compat: 'autoevals' } as const
    return { name: 'Levenshtein', score: textSimilarity(String(output), String(expected), rules) }
  },
)
