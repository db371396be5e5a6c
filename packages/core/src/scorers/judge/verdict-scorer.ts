import type { ScoreDetails, Scorer, ScorerInput, ScoreScale } from '../../scoring/scorer.ts'
import { optionsVersion } from '../scorer-options.ts'
import { askJudge, type JudgeFacts, type JudgeQuestion, type JudgeReply } from './ask-judge.ts'
import { type Choices, scaleOfChoices } from './choices.ts'
import { type ModelGradedOptions, modelInVersion, requireModel } from './judge-model.ts'
import type { JudgePrompt } from './judge-prompt.ts'
import { readVerdict, type Verdict } from './read-verdict.ts'

/** The parts of a scorer that asks a model for one verdict. */
export interface VerdictScorerParts {
  /** What the function is called, for messages. */
  readonly factory: string
  readonly prompt: JudgePrompt
  readonly choices: Choices
  readonly options: ModelGradedOptions
  /** Default `higher`. */
  readonly direction?: ScoreScale['direction']
  readonly needsExpected?: boolean
  readonly compat?: 'inspect' | undefined
  /** What the eval's author sets, such as a criterion. */
  readonly terms?: (sample: ScorerInput) => Readonly<Record<string, string>>
  /** What the judge is shown of a sample. */
  readonly parts: (sample: ScorerInput) => Readonly<Record<string, unknown>>
}

/** A scorer that asks a model for one of several verdicts. */
export function verdictScorer(given: VerdictScorerParts): Scorer {
  const { factory, prompt, choices, options, direction = 'higher', needsExpected = false, compat } = given
  requireModel(factory, options)
  const { name = factory } = options
  return {
    name,
    ...scaleOfChoices(factory, choices, direction),
    needsExpected,
    get version() {
      return judgeVersion([factory, choices], [prompt], options)
    },
    async score(sample): Promise<ScoreDetails> {
      const [parts, terms] = [given.parts(sample), given.terms?.(sample)]
      const question = verdictQuestion({ scorer: name, prompt, choices, compat, parts, terms })
      const asked = compat === 'inspect' ? { ...options, structuredOutput: false } : options
      return toDetails(await askJudge(question, asked, sample), choices)
    },
  }
}

/** The question for one of several verdicts. */
export function verdictQuestion(given: {
  readonly scorer: string
  readonly prompt: JudgePrompt
  readonly choices: Choices
  readonly parts: Readonly<Record<string, unknown>>
  readonly terms?: Readonly<Record<string, string>> | undefined
  readonly compat?: 'inspect' | undefined
}): JudgeQuestion<Verdict> {
  const { scorer, prompt, parts, terms, compat } = given
  const choices = Object.keys(given.choices)
  const offered = choices.map((choice) => JSON.stringify(choice)).join(', ')
  return {
    scorer,
    prompt,
    parts,
    terms,
    schema: {
      type: 'object',
      properties: { explanation: { type: 'string' }, verdict: { type: 'string', enum: choices } },
      required: ['explanation', 'verdict'],
      additionalProperties: false,
    },
    format: {
      structured: `Answer with a JSON object: "explanation", your reasons in a few sentences, and then "verdict", one of ${offered}.`,
      text: `Give your reasons in a few sentences. Then end with one line of the form ${compat === 'inspect' ? 'GRADE' : 'VERDICT'}: <verdict>, where <verdict> is one of ${offered}.`,
    },
    read: (answer) => readVerdict(answer, { choices, compat }),
  }
}

/** Changes when the same output could be judged otherwise. */
export function judgeVersion(madeOf: unknown, prompts: readonly JudgePrompt[], options: ModelGradedOptions): string {
  return optionsVersion([madeOf, prompts], { ...options, model: modelInVersion(options.model) })
}

/** Where there is no verdict there is no score. */
export function unread(problem: string, facts: JudgeFacts): ScoreDetails {
  return { value: null, explanation: `not scored: ${problem}`, metadata: { ...facts, problem } }
}

function toDetails({ reading, facts }: JudgeReply<Verdict>, choices: Choices): ScoreDetails {
  if ('problem' in reading) return unread(reading.problem, facts)
  const { verdict, explanation } = reading.answer
  return {
    value: choices[verdict] ?? null,
    ...(explanation === '' ? {} : { explanation }),
    metadata: { ...facts, verdict },
  }
}
