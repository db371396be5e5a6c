import {
  createModelResponse,
  defineModel,
  EvalsError,
  type GenerateOptions,
  type LanguageModel,
  type ModelResponse,
  type ModelResponseFields,
  type Price,
  type Prompt,
} from '@evals/core'

/** One answer of a mock: a text, the fields of a response, or an error to throw. */
export type MockAnswer = string | Partial<ModelResponseFields> | Error

/** One call a mock received. */
export interface MockCall {
  readonly prompt: Prompt
  readonly options: GenerateOptions
}

/** A model for tests that remembers what it was asked. */
export interface MockModel extends LanguageModel {
  /** Oldest first. */
  readonly calls: readonly MockCall[]
}

/** Settings of {@link mock}. */
export interface MockOptions {
  /** Default `mock`. */
  readonly modelId?: string
  /** US dollars for a million tokens; a run with a budget needs it. Default: unknown. */
  readonly price?: Price
  /** Cost of one answer in US dollars, where it is not tokens times `price`. */
  readonly costUsd?: number
}

/**
 * A scripted model: answers one after the other, or by a function of the prompt. No network, no key.
 * @throws EvalsError `EVALS_MODEL_SCRIPT_EXHAUSTED` (from a call) when a list of answers has run out
 * @example mock((prompt) => `You said ${prompt}`)
 * @example mock(['Paris', { text: 'Berlin', usage: { inputTokens: 12, outputTokens: 1 } }, new Error('overloaded')])
 */
export function mock(
  script: readonly MockAnswer[] | ((prompt: Prompt, options: GenerateOptions) => MockAnswer | Promise<MockAnswer>),
  { modelId = 'mock', costUsd, price }: MockOptions = {},
): MockModel {
  const calls: MockCall[] = []
  const model = defineModel({
    provider: 'mock',
    modelId,
    cacheable: false,
    ...(costUsd === undefined ? {} : { costUsd: () => costUsd }),
    ...(price === undefined ? {} : { price }),
    async generate(prompt, options): Promise<ModelResponse> {
      const number = calls.push({ prompt, options })
      const answer = typeof script === 'function' ? await script(prompt, options) : script[number - 1]
      if (answer === undefined) throw exhausted(number)
      if (answer instanceof Error) throw answer
      const fields = typeof answer === 'string' ? { text: answer } : answer
      return createModelResponse({ text: '', model: `mock:${modelId}`, ...fields })
    },
  })
  return { ...model, calls }
}

function exhausted(number: number): EvalsError {
  return new EvalsError(
    'EVALS_MODEL_SCRIPT_EXHAUSTED',
    `The mock model was called ${number} times, but its script has ${number - 1} answers. Add answers, or give it a function.`,
    { details: { calls: number } },
  )
}
