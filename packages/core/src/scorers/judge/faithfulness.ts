import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { unitScale } from '../text-scorer.ts'
import { scoreClaims } from './claims-score.ts'
import { modelRules, requireModel } from './judge-model.ts'
import { claimsPrompt } from './prompts/claims.ts'
import { supportedClaimsPrompt } from './prompts/supported-claims.ts'
import { type ContextOptions, contextRule, numbered, passagesOf } from './retrieved-context.ts'
import { judgeVersion } from './verdict-scorer.ts'

/**
 * How much of the output the context supports: a model takes the output apart into statements, checks each against the
 * context, and the score is supported statements ÷ statements. The statements and their verdicts are in
 * `metadata.statements`. An output without statements is not scored.
 *
 * @param options `context`, and those of every judge: `model`, `settings`, `structuredOutput = true`,
 *   `maxCharacters = 100_000` for each part, `name = 'faithfulness'`
 * @returns A graded scorer, range [0, 1], higher is better; does not use `expected`.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_SCORER_FAILED` for a sample without
 *   context and for a call that failed
 * @example
 * scorers: [faithfulness({ model, context: ({ metadata }) => metadata['passages'] })]
 */
export function faithfulness(options: ContextOptions): Scorer {
  checkOptions('faithfulness', options, { ...modelRules, ...contextRule })
  requireModel('faithfulness', options)
  const { name = 'faithfulness' } = options
  const prompt = supportedClaimsPrompt
  return {
    name,
    ...unitScale,
    get version() {
      return judgeVersion('faithfulness', [claimsPrompt, prompt], options)
    },
    async score(sample) {
      const against = numbered('context', passagesOf(name, sample, options))
      return scoreClaims(
        { scorer: name, text: sample.output, question: sample.input, prompt, against },
        options,
        sample,
      )
    },
  }
}
