import { equalsLikeAutoevals } from '../text/exact-match.ts'
import { type Score, type ScorerWithPartial, withPartial } from './partial.ts'

/** 1 when both are the same text, or the same JSON text where one is an object: the order of members counts. */
export const ExactMatch: ScorerWithPartial<unknown, object, Score> = withPartial(
  'ExactMatch',
  ({ output, expected }) => ({
    name: 'ExactMatch',
    score: equalsLikeAutoevals(output, expected) ? 1 : 0,
  }),
)
