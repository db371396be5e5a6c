import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { claimsScorer } from './claims-scorer.ts'
import { modelRules } from './judge-model.ts'
import { supportedClaimsPrompt } from './prompts/supported-claims.ts'
import { type ContextOptions, contextRule, numbered, passagesOf } from './retrieved-context.ts'

/**
 * How much of the output the context supports: a model takes the output apart into statements, checks each against the
 * context, and the score is supported statements ÷ statements. The statements and their verdicts are in
 * `metadata.statements`. An output without statements is not scored.
 *
 * The output is any value: what is no text is shown to the judge as JSON, and nothing as `(nothing)`.
 *
 * @param options `context`, and those of every judge: `model`, `settings`, `structuredOutput = true`,
 *   `maxCharacters = 100_000` for each part, `name = 'faithfulness'`
 * @returns A graded scorer, range [0, 1], higher is better; does not use `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_SCORER_FAILED` for a sample without
 *   context and for a call that failed
 * @example
 * const gpt = model('judge', 'openai:gpt-5')
 * scorers: [faithfulness({ model: gpt, context: ({ metadata }) => metadata['passages'] })]
 */
export function faithfulness(options: ContextOptions): Scorer {
  checkOptions('faithfulness', options, { ...modelRules, ...contextRule })
  return claimsScorer({
    factory: 'faithfulness',
    options,
    prompt: supportedClaimsPrompt,
    claims: (scorer, sample) => ({
      text: sample.output,
      question: sample.input,
      against: numbered('context', passagesOf(scorer, sample, options)),
    }),
  })
}
