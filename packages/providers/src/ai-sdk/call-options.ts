import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { GenerateOptions, ModelCallOptions, Prompt } from '@evals/core'
import { toPrompt } from './prompt.ts'

/** What a call asks. */
export interface AiSdkCall {
  /** For errors, as `google:gemini-3-flash`. */
  readonly model: string
  readonly prompt: Prompt
  readonly options: ModelCallOptions
}

/**
 * What the AI SDK's model is called with.
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING`
 */
export function toCallOptions({ model, prompt, options }: AiSdkCall): LanguageModelV4CallOptions {
  const { maxOutputTokens, temperature, topP, stop, seed, reasoning, schema, tools, toolChoice, providerOptions } =
    options
  return {
    prompt: toPrompt(prompt, model),
    abortSignal: options.signal,
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(stop === undefined ? {} : { stopSequences: [...stop] }),
    ...(seed === undefined ? {} : { seed }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(schema === undefined ? {} : { responseFormat: { type: 'json', schema } }),
    ...(tools === undefined || tools.length === 0 ? {} : { tools: tools.map(toTool) }),
    ...(toolChoice === undefined ? {} : { toolChoice: toToolChoice(toolChoice) }),
    ...(providerOptions === undefined
      ? {}
      : { providerOptions: providerOptions as NonNullable<LanguageModelV4CallOptions['providerOptions']> }),
  }
}

type Tool = NonNullable<LanguageModelV4CallOptions['tools']>[number]

function toTool({ name, description, parameters }: NonNullable<GenerateOptions['tools']>[number]): Tool {
  return {
    type: 'function',
    name,
    ...(description === undefined ? {} : { description }),
    inputSchema: parameters,
  }
}

function toToolChoice(
  choice: NonNullable<GenerateOptions['toolChoice']>,
): NonNullable<LanguageModelV4CallOptions['toolChoice']> {
  return typeof choice === 'object' ? { type: 'tool', toolName: choice.name } : { type: choice }
}
