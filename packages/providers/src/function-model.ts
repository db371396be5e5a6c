import {
  createModelResponse,
  defineModel,
  EvalsError,
  type GenerateOptions,
  type LanguageModel,
  type ModelSettings,
  type ModelResponseFields,
  type Prompt,
} from '@evals/core'
import { settingsOf } from './vendor/settings-of.ts'

/** What a {@link functionModel} is made of. */
export interface FunctionModelOptions extends Omit<ModelSettings, 'cacheSalt'> {
  /** For example `my-company`; shown as `provider:modelId`. Default `function`. */
  readonly provider?: string
  readonly modelId: string
  /** Answers one prompt: with a text, or with usage and more. Must obey `options.signal`. */
  readonly generate: (
    prompt: Prompt,
    options: GenerateOptions,
  ) => string | Omit<ModelResponseFields, 'model'> | Promise<string | Omit<ModelResponseFields, 'model'>>
  /** Cost of one answer in US dollars, where it is not tokens times `price`. */
  readonly costUsd?: (answer: Pick<ModelResponseFields, 'usage'>) => number | undefined
}

/**
 * Makes a model of a function, so that its calls are measured and counted like any other model's.
 * @throws EvalsError (from a call) `EVALS_MODEL_ANSWER_INVALID` if the function gives no text
 */
export function functionModel({
  provider = 'function',
  modelId,
  generate,
  costUsd,
  ...settings
}: FunctionModelOptions): LanguageModel {
  return defineModel({
    provider,
    modelId,
    cacheable: false,
    ...(costUsd === undefined ? {} : { costUsd }),
    ...settingsOf(settings),
    async generate(prompt, options) {
      const answer = await generate(prompt, options)
      const fields = typeof answer === 'string' ? { text: answer } : answer
      if (typeof fields?.text !== 'string') throw withoutText(`${provider}:${modelId}`, answer)
      return createModelResponse({ ...fields, model: `${provider}:${modelId}` })
    },
  })
}

function withoutText(model: string, answer: unknown): EvalsError {
  return new EvalsError(
    'EVALS_MODEL_ANSWER_INVALID',
    `The function of the model ${model} is to give a text, or an object with \`text\`, and gave ${JSON.stringify(answer)}. Correct what it returns.`,
    { details: { model } },
  )
}
