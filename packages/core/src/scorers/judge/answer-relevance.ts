import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { claimsScorer } from './claims-scorer.ts'
import { type ModelGradedOptions, modelRules } from './judge-model.ts'
import { relevantStatementsPrompt } from './prompts/relevant-statements.ts'

/**
 * How much of the output answers the input: a model takes the output apart into statements, checks which of them answer
 * the question, and the score is relevant statements ÷ statements. They need not be true. An output without statements
 * is not scored.
 *
 * The output is any value: what is no text is shown to the judge as JSON, and nothing as `(nothing)`.
 *
 * @param options those of every judge: `model`, `settings`, `structuredOutput = true`, `maxCharacters = 100_000` for
 *   each part, `name = 'answerRelevance'`
 * @returns A graded scorer, range [0, 1], higher is better; does not use `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_SCORER_FAILED` for a call that failed
 * @example
 * scorers: [answerRelevance({ model: model('judge', 'openai:gpt-5') })]
 */
export function answerRelevance(options: ModelGradedOptions): Scorer {
  checkOptions('answerRelevance', options, modelRules)
  return claimsScorer({
    factory: 'answerRelevance',
    options,
    prompt: relevantStatementsPrompt,
    claims: (_scorer, { input, output }) => ({ text: output, question: input, against: { question: input } }),
  })
}
