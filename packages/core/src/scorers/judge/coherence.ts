import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { choicesOfScale } from './choices.ts'
import { type ModelGradedOptions, modelRules } from './judge-model.ts'
import { coherencePrompt } from './prompts/coherence.ts'
import { verdictScorer } from './verdict-scorer.ts'

/**
 * How well the output hangs together, from 1 to 5, as a model judges it. Whether it is true or asked for does not
 * matter.
 *
 * The output is any value: what is no text is shown to the judge as JSON, and nothing as `(nothing)`.
 *
 * @param options those of every judge: `model`, `settings`, `structuredOutput = true`, `maxCharacters = 100_000`,
 *   `name = 'coherence'`
 * @returns A graded scorer, range [1, 5], higher is better; does not use `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_SCORER_FAILED` for a call that failed
 * @example
 * scorers: [coherence({ model: model('judge', 'openai:gpt-5') })]
 */
export function coherence(options: ModelGradedOptions): Scorer {
  checkOptions('coherence', options, modelRules)
  return verdictScorer({
    factory: 'coherence',
    prompt: coherencePrompt,
    choices: choicesOfScale([1, 5]),
    options,
    parts: ({ output }) => ({ output }),
  })
}
