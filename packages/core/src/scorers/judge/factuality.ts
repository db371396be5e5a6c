import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { type ModelGradedOptions, modelRules } from './judge-model.ts'
import { factualityPrompt } from './prompts/factuality.ts'
import { verdictScorer } from './verdict-scorer.ts'

/**
 * How the facts of the output relate to those of `expected`, as a model judges it: `same` or `immaterial` differences
 * 1, `superset` 0.6, `subset` 0.4, `contradicts` 0 (the values of OpenAI's fact evaluation as autoevals has them). The
 * verdict is in `metadata.verdict`.
 *
 * Output and `expected` are any values: what is no text is shown to the judge as JSON, and nothing as `(nothing)`.
 *
 * @param options those of every judge: `model`, `settings`, `structuredOutput = true`,
 *   `maxCharacters = 100_000`, `name = 'factuality'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_SCORER_FAILED` for a call that failed
 * @example
 * scorers: [factuality({ model: model('judge', 'openai:gpt-5') })]
 */
export function factuality(options: ModelGradedOptions): Scorer {
  checkOptions('factuality', options, modelRules)
  return verdictScorer({
    factory: 'factuality',
    prompt: factualityPrompt,
    choices: { subset: 0.4, superset: 0.6, same: 1, contradicts: 0, immaterial: 1 },
    options,
    needsExpected: true,
    parts: ({ input, output, expected }) => ({ input, expected, output }),
  })
}
