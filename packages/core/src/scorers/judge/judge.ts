import type { Scorer, ScorerInput } from '../../scoring/scorer.ts'
import { callback, checkOptions, invalidOption, word } from '../scorer-options.ts'
import { type Choices, choicesOfScale, choicesRule, scaleRule } from './choices.ts'
import { filledText, type ModelGradedOptions, modelRules } from './judge-model.ts'
import { verdictScorer } from './verdict-scorer.ts'

/** Options of {@link judge}. */
export interface JudgeOptions extends ModelGradedOptions {
  /** What is asked of an output, and when which verdict holds. */
  readonly rubric: string
  /** The verdicts and their scores. Default `{ pass: 1, fail: 0 }`. */
  readonly choices?: Choices
  /** Least and greatest grade instead, for example `[1, 5]`; grades are whole numbers. */
  readonly scale?: readonly [least: number, greatest: number]
  /** Which end is better. Default `higher`. */
  readonly direction?: 'higher' | 'lower'
  /** What the judge is shown of a sample. Default `{ input, output }`, with `expected` where the row has one. */
  readonly parts?: (sample: ScorerInput) => Readonly<Record<string, unknown>>
  /** The version of the rubric, for the record. Default `1`. */
  readonly promptVersion?: string
  /** `inspect`: asks for `GRADE: <letter>` as text, and reads the last one and of a word only its first letter. */
  readonly compat?: 'inspect'
}

/**
 * A model judges by a rubric and gives a verdict with its reasons (`explanation`). `metadata` has `{ judge, prompt,
 * promptVersion, verdict }`: which model judged by what.
 *
 * The answer is asked for as structured output, or as a text from a model that has none. It is read strictly: an answer
 * without a verdict, with two, or with one that is no choice is *not scored* (`null`), and `metadata` says why
 * (`problem`, `answer`). What is judged stands between marks that its author cannot know, so that instructions in it
 * stay material. Of a text longer than `maxCharacters` the middle is left out; the judge is told, and
 * `metadata.leftOut` says how much.
 *
 * Output and `expected` are any values: what is no text is shown to the judge as JSON, and nothing as `(nothing)`.
 *
 * @param options `model`, `rubric`, `choices = { pass: 1, fail: 0 }` or `scale`, `direction = 'higher'`, `parts`,
 *   `promptVersion = '1'`, `settings`, `structuredOutput = true`, `maxCharacters = 100_000`, `compat`, `name = 'judge'`
 * @returns A scorer, binary where all scores are 0 or 1, else graded; its range is that of the choices.
 * @throws EvalsError `EVALS_SCORER_OPTION_INVALID`; its `score` throws `EVALS_SCORER_FAILED` for a call that failed
 * @example
 * scorers: [judge({ model: model('judge', 'openai:gpt-5'), name: 'polite', rubric: 'Pass a reply that is polite.' })]
 */
export function judge(options: JudgeOptions): Scorer {
  checkOptions('judge', options, {
    ...modelRules,
    rubric: filledText,
    choices: choicesRule,
    scale: scaleRule,
    direction: word('higher', 'lower'),
    parts: callback,
    promptVersion: filledText,
    compat: word('inspect'),
  })
  const { name = 'judge', rubric, scale, promptVersion = '1', direction = 'higher', parts = allParts } = options
  if (rubric === undefined) throw invalidOption('judge', `option "rubric" must be ${filledText.expected}`, {})
  if (scale !== undefined && options.choices !== undefined) {
    throw invalidOption('judge', 'give either `choices` or `scale`', {})
  }
  const choices = scale === undefined ? (options.choices ?? { pass: 1, fail: 0 }) : choicesOfScale(scale)
  const text = `You judge the output of a system by a rubric.\n\nRubric:\n${rubric}`
  return verdictScorer({
    factory: 'judge',
    prompt: { name, version: promptVersion, text },
    choices,
    options,
    direction,
    compat: options.compat,
    parts,
  })
}

function allParts({ input, output, expected }: ScorerInput): Readonly<Record<string, unknown>> {
  return { input, output, ...(expected === undefined ? {} : { expected }) }
}
