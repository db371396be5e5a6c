import type { GenerateOptions, Prompt } from '@evals/core'
import type { OpenAI } from 'openai'
import { missingCapability } from '../vendor/capability.ts'
import { toItems } from './responses-items.ts'
import { isStrictSchema } from './strict-schema.ts'

type Params = OpenAI.Responses.ResponseCreateParamsNonStreaming

/** What a call asks. */
export interface ResponsesCall {
  readonly modelId: string
  readonly prompt: Prompt
  readonly options: GenerateOptions
}

/**
 * The body of a response. `providerOptions` are added to it as they are.
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for what the API does not know
 */
export function toResponsesParams({ modelId, prompt, options }: ResponsesCall): Params {
  const model = `openai:${modelId}`
  const { tools, toolChoice, schema, stop, temperature, topP, seed, maxOutputTokens, reasoning } = options
  for (const [name, value] of Object.entries({ stop, seed })) {
    if (value === undefined) continue
    throw missingCapability(
      model,
      `\`${name}\``,
      'Leave it out, or use `openai(modelId)`, which goes by chat completions.',
    )
  }
  const params: Params = {
    model: modelId,
    input: toItems(prompt, model),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { max_output_tokens: maxOutputTokens }),
    ...(reasoning === undefined ? {} : { reasoning: { effort: reasoning } }),
    ...(tools === undefined || tools.length === 0 ? {} : { tools: tools.map(toTool) }),
    ...(toolChoice === undefined ? {} : { tool_choice: toToolChoice(toolChoice) }),
    ...(schema === undefined
      ? {}
      : {
          text: {
            format: { type: 'json_schema', name: 'answer', schema: { ...schema }, strict: isStrictSchema(schema) },
          },
        }),
  }
  return { ...params, ...options.providerOptions }
}

function toTool({
  name,
  description,
  parameters,
}: NonNullable<GenerateOptions['tools']>[number]): OpenAI.Responses.FunctionTool {
  return {
    type: 'function',
    name,
    ...(description === undefined ? {} : { description }),
    parameters: { ...parameters },
    strict: false,
  }
}

function toToolChoice(choice: NonNullable<GenerateOptions['toolChoice']>): NonNullable<Params['tool_choice']> {
  return typeof choice === 'string' ? choice : { type: 'function', name: choice.name }
}
