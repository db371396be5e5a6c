import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { expectedMissing, unitScale } from '../text-scorer.ts'
import { scoreClaims } from './claims-score.ts'
import { modelRules, requireModel } from './judge-model.ts'
import { claimsPrompt } from './prompts/claims.ts'
import { supportedClaimsPrompt } from './prompts/supported-claims.ts'
import { type ContextOptions, contextRule, numbered, passagesOf } from './retrieved-context.ts'
import { judgeVersion } from './verdict-scorer.ts'

/**
 * How much of the right answer was retrieved: a model takes `expected` apart into statements, checks each against the
 * context, and the score is supported statements ÷ statements. The output does not matter. An `expected` without
 * statements is not scored.
 *
 * @param options `context`, and those of every judge: `model`, `settings`, `structuredOutput = true`,
 *   `maxCharacters = 100_000` for each part, `name = 'contextRecall'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, and
 *   `EVALS_SCORER_FAILED` for a sample without context and for a call that failed
 * @example
 * scorers: [contextRecall({ model, context: ({ metadata }) => metadata['passages'] })]
 */
export function contextRecall(options: ContextOptions): Scorer {
  checkOptions('contextRecall', options, { ...modelRules, ...contextRule })
  requireModel('contextRecall', options)
  const { name = 'contextRecall' } = options
  const prompt = supportedClaimsPrompt
  return {
    name,
    ...unitScale,
    needsExpected: true,
    get version() {
      return judgeVersion('contextRecall', [claimsPrompt, prompt], options)
    },
    async score(sample) {
      const { expected, input } = sample
      if (expected === undefined) throw expectedMissing(name)
      const against = numbered('context', passagesOf(name, sample, options))
      return scoreClaims({ scorer: name, text: expected, question: input, prompt, against }, options, sample)
    },
  }
}
