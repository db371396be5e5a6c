import type { GenerateOptions, LanguageModel } from '../../model/language-model.ts'
import { isJsonObject } from '../structure/read-json.ts'
import { flag, invalidOption, type OptionRule, positiveInteger, type ScorerOptions } from '../scorer-options.ts'

/** The model that judges, or a function that gives it when it is first asked. */
export type JudgeModel = LanguageModel | (() => LanguageModel | Promise<LanguageModel>)

/** Settings of a judge's calls; an absent one is left to the provider. */
export type JudgeSettings = Pick<
  GenerateOptions,
  'maxOutputTokens' | 'temperature' | 'topP' | 'seed' | 'reasoning' | 'providerOptions'
>

/** Options of every scorer that asks a model. */
export interface ModelGradedOptions extends ScorerOptions {
  /** The model that judges, or a function that gives it when it is first asked. */
  readonly model: JudgeModel
  /** Settings of the calls. Default: the provider's. */
  readonly settings?: JudgeSettings
  /** Ask for a structured answer, and for a text only where the model cannot give one. Default true. */
  readonly structuredOutput?: boolean
  /** Longest text that is shown; the middle of a longer one is left out, with a note. Default 100,000. */
  readonly maxCharacters?: number
}

type Rules<Option extends PropertyKey> = Readonly<Record<Option, OptionRule>>

const modelRule: OptionRule = { expected: 'a language model, or a function that gives one', accepts: isModel }

/** Accepts an object. */
const objectRule: OptionRule = { expected: 'an object', accepts: isJsonObject }

/** Accepts a text that says something. */
export const filledText: OptionRule = {
  expected: 'a non-empty text',
  accepts: (value) => typeof value === 'string' && value.trim() !== '',
}

/** What the options accept that every such scorer has. */
export const modelRules: Rules<Exclude<keyof ModelGradedOptions, 'name'>> = {
  model: modelRule,
  settings: objectRule,
  structuredOutput: flag,
  maxCharacters: positiveInteger,
}

/** @throws EvalsError `EVALS_SCORER_OPTION_INVALID` where no model is given */
export function requireModel(scorer: string, { model }: Partial<ModelGradedOptions>): void {
  if (model === undefined) throw invalidOption(scorer, `option "model" must be ${modelRule.expected}`, {})
}

/** What a version tells of the model: its name as far as it is known before a call, or the function that gives it. */
export function modelInVersion(model: JudgeModel): unknown {
  return typeof model === 'function' ? model : `${model.provider}:${model.modelId}`
}

function isModel(value: unknown): boolean {
  return typeof value === 'function' || (isJsonObject(value) && typeof value['generate'] === 'function')
}
