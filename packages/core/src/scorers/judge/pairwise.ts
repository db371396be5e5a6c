import type { ScoreDetails, Scorer, ScorerInput } from '../../scoring/scorer.ts'
import { callback, checkOptions } from '../scorer-options.ts'
import { expectedMissing, unitScale } from '../text-scorer.ts'
import { askJudge, type JudgeReply } from './ask-judge.ts'
import { joinFacts } from './join-facts.ts'
import { filledText, type ModelGradedOptions, modelRules, requireModel } from './judge-model.ts'
import { pairwiseMetrics } from './pairwise-metrics.ts'
import { pairwisePrompt } from './prompts/pairwise.ts'
import type { Verdict } from './read-verdict.ts'
import { settleAll } from './settle-all.ts'
import { judgeVersion, unread, verdictQuestion } from './verdict-scorer.ts'

/** Options of {@link pairwise}. */
export interface PairwiseOptions extends ModelGradedOptions {
  /** What is better than what. Default `helpfulness and truth`. */
  readonly criterion?: string
  /** The answer to compare the output with. Default `expected`. */
  readonly other?: (sample: ScorerInput) => unknown
}

const choices = { first: 1, second: 0, tie: 0.5 }

/**
 * Whether the output is better (1) than another answer, worse (0), or neither (0.5), as a model judges it. It is asked
 * twice, with the output first and second; unless both verdicts name the same answer, they are a tie.
 * `metadata.outputFirst` and `metadata.outputSecond` have the verdicts: `output`, `other` or `tie`.
 *
 * Metrics: `consistency`, the share of samples on which both orders agree, with its interval, and `positionBias`, among
 * all samples the share in which the first place won twice minus that in which the second did: 0 for a judge to whom
 * the order says nothing.
 *
 * Output and `expected` are any values: what is no text is shown to the judge as JSON, and nothing as `(nothing)`.
 *
 * @param options `criterion`, `other`, and those of every judge: `model`, `settings`, `structuredOutput = true`,
 *   `maxCharacters = 100_000` for each part, `name = 'pairwise'`
 * @returns A graded scorer, range [0, 1], higher is better; needs `expected` unless `other` is given.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_EXPECTED_MISSING`, and
 *   `EVALS_SCORER_FAILED` for a call that failed
 * @example
 * const gpt = model('judge', 'openai:gpt-5')
 * scorers: [pairwise({ model: gpt, criterion: 'clarity', other: ({ metadata }) => metadata['lastRelease'] })]
 */
export function pairwise(options: PairwiseOptions): Scorer {
  checkOptions('pairwise', options, { ...modelRules, criterion: filledText, other: callback })
  requireModel('pairwise', options)
  const { name = 'pairwise', criterion = 'helpfulness and truth', other } = options

  async function ask(sample: ScorerInput, answers: readonly [unknown, unknown]): Promise<JudgeReply<Verdict>> {
    const parts = { question: sample.input, 'first answer': answers[0], 'second answer': answers[1] }
    const question = verdictQuestion({ scorer: name, prompt: pairwisePrompt, choices, parts, terms: { criterion } })
    return askJudge(question, options, sample)
  }

  return {
    name,
    ...unitScale,
    needsExpected: other === undefined,
    metrics: pairwiseMetrics(name),
    get version() {
      return judgeVersion('pairwise', [pairwisePrompt], options)
    },
    async score(sample): Promise<ScoreDetails> {
      const { output, expected } = sample
      if (other === undefined && expected === undefined) throw expectedMissing(name)
      const rival = other === undefined ? expected : other(sample)
      const asked = [ask(sample, [output, rival]), ask(sample, [rival, output])]
      const [one, two] = (await settleAll(name, asked)) as [JudgeReply<Verdict>, JudgeReply<Verdict>]
      const facts = joinFacts(one.facts, two.facts)
      if ('problem' in one.reading) return unread(one.reading.problem, facts)
      if ('problem' in two.reading) return unread(two.reading.problem, facts)
      const outputFirst = winnerOf(one.reading.answer, ['output', 'other'])
      const outputSecond = winnerOf(two.reading.answer, ['other', 'output'])
      const agree = outputFirst === outputSecond
      return {
        value: agree ? { output: 1, other: 0, tie: 0.5 }[outputFirst] : 0.5,
        explanation: agree ? one.reading.answer.explanation : `first: ${outputFirst}, second: ${outputSecond}`,
        metadata: { ...facts, outputFirst, outputSecond },
      }
    },
  }
}

type Winner = 'output' | 'other' | 'tie'

function winnerOf({ verdict }: Verdict, [first, second]: readonly [Winner, Winner]): Winner {
  if (verdict === 'tie') return 'tie'
  return verdict === 'first' ? first : second
}
