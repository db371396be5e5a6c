import { type ModelArguments, setting, signalOf } from './ask-model.ts'
import { type Score, type ScorerWithPartial, withPartial } from './partial.ts'

/** Arguments of {@link Moderation} besides output. */
export interface ModerationArguments extends ModelArguments {
  /** The score of a category above which a text counts as harmful although it was not flagged. Default none. */
  readonly threshold?: number
}

/** 0 where the service `moderate` flags the output, or the score of a category is above `threshold`; else 1. */
export const Moderation: ScorerWithPartial<string, ModerationArguments, Promise<Score>> = withPartial(
  'Moderation',
  async ({ output, threshold = Number.POSITIVE_INFINITY, ...given }) => {
    const { flagged, category_scores: scores } = await setting(
      'Moderation',
      'moderate',
      given,
    )(output, {
      signal: signalOf(given),
    })
    const isHarmful = flagged || Object.values(scores).some((score) => score > threshold)
    return { name: 'Moderation', score: isHarmful ? 0 : 1, metadata: { ...scores } }
  },
)
