import type { Scorer } from '../../scoring/scorer.ts'
import { checkOptions } from '../scorer-options.ts'
import { unitScale } from '../text-scorer.ts'
import { checkItems } from './check-items.ts'
import { modelRules, requireModel } from './judge-model.ts'
import { usefulPassagesPrompt } from './prompts/useful-passages.ts'
import { type ContextOptions, contextRule, passagesOf } from './retrieved-context.ts'
import { judgeVersion, unread } from './verdict-scorer.ts'

/**
 * Whether what was retrieved is of use, the useful passages first: a model checks each passage against the right answer
 * (`expected`, else the output), and the score is the average precision of the useful ones, Σ_k precision@k · useful_k
 * ÷ Σ_k useful_k, as in RAGAS; 0 if none is of use. No passages: not scored.
 *
 * Output and `expected` are any values: what is no text is shown to the judge as JSON, and nothing as `(nothing)`.
 *
 * @param options `context`, and those of every judge: `model`, `settings`, `structuredOutput = true`,
 *   `maxCharacters = 100_000` for each part, `name = 'contextPrecision'`
 * @returns A graded scorer, range [0, 1], higher is better; uses `expected` where the row has it.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_SCORER_FAILED` for a sample without
 *   context and for a call that failed
 * @example
 * const gpt = model('judge', 'openai:gpt-5')
 * scorers: [contextPrecision({ model: gpt, context: ({ metadata }) => metadata['passages'] })]
 */
export function contextPrecision(options: ContextOptions): Scorer {
  checkOptions('contextPrecision', options, { ...modelRules, ...contextRule })
  requireModel('contextPrecision', options)
  const { name = 'contextPrecision' } = options
  const prompt = usefulPassagesPrompt
  return {
    name,
    ...unitScale,
    get version() {
      return judgeVersion('contextPrecision', [prompt], options)
    },
    async score(sample) {
      const items = passagesOf(name, sample, options)
      if (items.length === 0) return { value: null, explanation: 'not scored: nothing was retrieved' }
      const { input: question, output, expected: answer = output } = sample
      const check = { scorer: name, prompt, called: 'passage', items, parts: { question, answer } }
      const { reading, facts } = await checkItems(check, options, sample)
      if ('problem' in reading) return unread(reading.problem, facts)
      const useful = reading.answer.map(({ holds }) => holds)
      return {
        value: meanPrecision(useful),
        explanation: `${useful.filter(Boolean).length} of ${useful.length} passages are of use`,
        metadata: { ...facts, passages: reading.answer },
      }
    },
  }
}

function meanPrecision(useful: readonly boolean[]): number {
  let found = 0
  let sum = 0
  for (const [index, isUseful] of useful.entries()) {
    if (!isUseful) continue
    found += 1
    sum += found / (index + 1)
  }
  return found === 0 ? 0 : sum / found
}
