import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { unitScale } from '../text-scorer.ts'
import { scoreClaims } from './claims-score.ts'
import { type ModelGradedOptions, modelRules, requireModel } from './judge-model.ts'
import { claimsPrompt } from './prompts/claims.ts'
import { relevantStatementsPrompt } from './prompts/relevant-statements.ts'
import { judgeVersion } from './verdict-scorer.ts'

/**
 * How much of the output answers the input: a model takes the output apart into statements, checks which of them answer
 * the question, and the score is relevant statements ÷ statements. They need not be true. An output without statements
 * is not scored.
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
  requireModel('answerRelevance', options)
  const { name = 'answerRelevance' } = options
  const prompt = relevantStatementsPrompt
  return {
    name,
    ...unitScale,
    get version() {
      return judgeVersion('answerRelevance', [claimsPrompt, prompt], options)
    },
    async score(sample) {
      const question = sample.input
      return scoreClaims(
        { scorer: name, text: sample.output, question, prompt, against: { question } },
        options,
        sample,
      )
    },
  }
}
