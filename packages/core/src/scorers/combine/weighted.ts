import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions, invalidOption, nonNegative, optionsVersion, type ScorerOptions } from '../scorer-options.ts'
import { describeParts, fingerprintsOfParts, readParts, scoreParts, type ScorerPart } from './parts.ts'

/**
 * The weighted mean of several scorers: `Σ wᵢ·sᵢ / Σ wᵢ`, where sᵢ counts from 0, the worst value of the part's declared
 * range, to 1, the best one. A part of weight 0 is only told. Not scored (`null`) when a part with a weight is not; a part
 * that fails fails it. `metadata` has the values of the parts.
 *
 * @param scorers Pairs of a scorer (or function) and its weight, a number of at least 0; one of them is above 0.
 * @param options `name = 'weighted'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected` if a part does.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws what the parts throw
 * @example
 * scorers: [weighted([[exactMatch(), 2], [levenshtein(), 1]])]
 */
export function weighted(
  scorers: readonly (readonly [scorer: ScorerPart, weight: number])[],
  options: ScorerOptions = {},
): Scorer {
  checkOptions('weighted', options, {})
  const { name = 'weighted' } = options
  const given: unknown = scorers
  if (!Array.isArray(given) || !given.every(Array.isArray)) {
    throw invalidOption('weighted', 'give it pairs: [[exactMatch(), 2], [levenshtein(), 1]]', { details: { scorers } })
  }
  const weights = scorers.map(([, weight]) => weight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!weights.every((weight) => nonNegative.accepts(weight)) || (weights.length > 0 && !(total > 0))) {
    throw invalidOption('weighted', 'weights must be numbers of at least 0, and one above it', { details: { weights } })
  }
  const parts = readParts(
    name,
    scorers.map(([scorer]) => scorer),
  )
  return {
    name,
    get version() {
      return optionsVersion(['weighted', fingerprintsOfParts(parts), weights], options)
    },
    kind: 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: parts.some(({ scorer }) => scorer.needsExpected === true),
    async score(sample) {
      const scores = await scoreParts(name, parts, sample)
      const counted = scores.flatMap(({ value }, index) =>
        weights[index]! > 0 ? [{ value, weight: weights[index]! }] : [],
      )
      if (counted.some(({ value }) => value === null)) return { value: null, ...describeParts(scores) }
      const sum = counted.reduce((weightedSum, { value, weight }) => weightedSum + (value ?? 0) * weight, 0)
      return { value: Math.min(1, sum / total), ...describeParts(scores) }
    },
  }
}
