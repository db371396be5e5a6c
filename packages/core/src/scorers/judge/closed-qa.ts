import type { Scorer, ScorerInput } from '../../scoring/scorer.ts'
import { checkOptions, invalidOption, type OptionRule } from '../scorer-options.ts'
import { filledText, type ModelGradedOptions, modelRules } from './judge-model.ts'
import { closedQaPrompt } from './prompts/closed-qa.ts'
import { verdictScorer } from './verdict-scorer.ts'

/** Options of {@link closedQa}. */
export interface ClosedQaOptions extends ModelGradedOptions {
  /** What the output must meet, or a function that gives it for a sample. */
  readonly criterion: string | ((sample: ScorerInput) => string)
}

/** Accepts a criterion. */
const criterionRule: OptionRule = {
  expected: 'a non-empty text, or a function',
  accepts: (value) => typeof value === 'function' || filledText.accepts(value),
}

/**
 * Whether the output meets a criterion, as a model judges it from input, criterion and output.
 *
 * The output is any value: what is no text is shown to the judge as JSON, and nothing as `(nothing)`.
 *
 * @param options `criterion`, and those of every judge: `model`, `settings`, `structuredOutput = true`,
 *   `maxCharacters = 100_000`, `name = 'closedQa'`
 * @returns A binary scorer, range [0, 1], higher is better; does not use `expected`, unless the criterion does.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_SCORER_FAILED` for a call that failed
 * @example
 * const criterion = 'It names the year and gives a source.'
 * scorers: [closedQa({ model: model('judge', 'openai:gpt-5'), criterion })]
 */
export function closedQa(options: ClosedQaOptions): Scorer {
  checkOptions('closedQa', options, { ...modelRules, criterion: criterionRule })
  const { criterion } = options
  if (criterion === undefined)
    throw invalidOption('closedQa', `option "criterion" must be ${criterionRule.expected}`, {})
  return verdictScorer({
    factory: 'closedQa',
    prompt: closedQaPrompt,
    choices: { yes: 1, no: 0 },
    options,
    terms: (sample) => ({ criterion: typeof criterion === 'function' ? criterion(sample) : criterion }),
    parts: ({ input, output }) => ({ input, output }),
  })
}
