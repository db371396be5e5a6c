import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { expectedMissing } from '../text-scorer.ts'
import { claimsScorer } from './claims-scorer.ts'
import { modelRules } from './judge-model.ts'
import { supportedClaimsPrompt } from './prompts/supported-claims.ts'
import { type ContextOptions, contextRule, numbered, passagesOf } from './retrieved-context.ts'

/**
 * How much of the right answer was retrieved: a model takes `expected` apart into statements, checks each against the
 * context, and the score is supported statements ÷ statements. The output does not matter. An `expected` without
 * statements is not scored.
 *
 * `expected` is any value: what is no text is shown to the judge as JSON.
 *
 * @param options `context`, and those of every judge: `model`, `settings`, `structuredOutput = true`,
 *   `maxCharacters = 100_000` for each part, `name = 'contextRecall'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, and
 *   `EVALS_SCORER_FAILED` for a sample without context and for a call that failed
 * @example
 * const gpt = model('judge', 'openai:gpt-5')
 * scorers: [contextRecall({ model: gpt, context: ({ metadata }) => metadata['passages'] })]
 */
export function contextRecall(options: ContextOptions): Scorer {
  checkOptions('contextRecall', options, { ...modelRules, ...contextRule })
  return claimsScorer({
    factory: 'contextRecall',
    options,
    prompt: supportedClaimsPrompt,
    needsExpected: true,
    claims(scorer, sample) {
      if (sample.expected === undefined) throw expectedMissing(scorer)
      const against = numbered('context', passagesOf(scorer, sample, options))
      return { text: sample.expected, question: sample.input, against }
    },
  })
}
