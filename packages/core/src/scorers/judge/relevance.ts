import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { choicesOfScale } from './choices.ts'
import { type ModelGradedOptions, modelRules } from './judge-model.ts'
import { relevancePrompt } from './prompts/relevance.ts'
import { verdictScorer } from './verdict-scorer.ts'

/**
 * How far the output is what was asked for, from 1 to 5, as a model judges it from input and output. `answerRelevance`
 * counts statements instead.
 *
 * The output is any value: what is no text is shown to the judge as JSON, and nothing as `(nothing)`.
 *
 * @param options those of every judge: `model`, `settings`, `structuredOutput = true`, `maxCharacters = 100_000`,
 *   `name = 'relevance'`
 * @returns A graded scorer, range [1, 5], higher is better; does not use `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_SCORER_FAILED` for a call that failed
 * @example
 * scorers: [relevance({ model: model('judge', 'openai:gpt-5') })]
 */
export function relevance(options: ModelGradedOptions): Scorer {
  checkOptions('relevance', options, modelRules)
  return verdictScorer({
    factory: 'relevance',
    prompt: relevancePrompt,
    choices: choicesOfScale([1, 5]),
    options,
    parts: ({ input, output }) => ({ input, output }),
  })
}
