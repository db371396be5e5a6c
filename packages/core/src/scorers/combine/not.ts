import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, optionsVersion, type ScorerOptions } from '../scorer-options.ts'
import { describeParts, fingerprintsOfParts, readParts, scoreParts, type ScorerPart } from './parts.ts'

/**
 * The contrary of a scorer: `1 - value`, where the value counts from 0, the worst one of its declared range, to 1, the
 * best one. Not scored (`null`) when the scorer does not score.
 *
 * @param scorer A scorer or function with a range that has two ends.
 * @param options `name = 'not'`
 * @returns A scorer of the same kind, range [0, 1], higher is better; needs `expected` if the scorer does.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws what the scorer throws
 * @example
 * scorers: [not(isRefusal(), { name: 'answers' })]
 */
export function not(scorer: ScorerPart, options: ScorerOptions = {}): Scorer {
  checkOptions('not', options, {})
  const { name = 'not' } = options
  const parts = readParts(name, [scorer])
  const { kind = 'graded', needsExpected = false } = parts[0]!.scorer
  return {
    name,
    get version() {
      return optionsVersion(['not', fingerprintsOfParts(parts)], options)
    },
    kind,
    range: [0, 1],
    direction: 'higher',
    needsExpected,
    async score(sample) {
      const scores = await scoreParts(name, parts, sample)
      const value = scores[0]!.value
      return { value: value === null ? null : 1 - value, ...describeParts(scores) }
    },
  }
}
