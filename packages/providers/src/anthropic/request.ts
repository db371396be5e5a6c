import type { Anthropic } from '@anthropic-ai/sdk'
import { EvalsError, messageOf, type GenerateOptions, type Prompt } from '@evals/core'
import { missingCapability } from '../vendor/capability.ts'
import { toConversation } from './messages.ts'
import { toThinking } from './thinking.ts'

type Params = Anthropic.MessageCreateParamsNonStreaming

/** Writes a JSON Schema in the subset that structured output takes; part of the SDK. */
export type SchemaTransform = (schema: Record<string, unknown>) => Record<string, unknown>

/** What a call asks. */
export interface AnthropicCall {
  readonly modelId: string
  readonly prompt: Prompt
  readonly options: GenerateOptions
}

/**
 * The body of a call. `providerOptions` are added to it as they are.
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for what the API does not know; `EVALS_MODEL_REQUEST_INVALID` for a
 * schema that it cannot take
 */
export function toParams({ modelId, prompt, options }: AnthropicCall, transform: SchemaTransform): Params {
  const model = `anthropic:${modelId}`
  const { tools, toolChoice, stop, temperature, topP, schema, seed, providerOptions = {} } = options
  if (seed !== undefined) throw missingCapability(model, '`seed`')
  const { effort, ...budget } = toThinking(modelId, options)
  const { output_config: extraOutput, ...extra } = providerOptions as { output_config?: object }
  const output = {
    ...(effort === undefined ? {} : { effort }),
    ...(schema === undefined
      ? {}
      : { format: { type: 'json_schema' as const, schema: transformed(schema, { model, transform }) } }),
    ...extraOutput,
  }
  return {
    model: modelId,
    ...toConversation(prompt, model),
    ...budget,
    ...(Object.keys(output).length === 0 ? {} : { output_config: output }),
    ...(stop === undefined ? {} : { stop_sequences: [...stop] }),
    // Newer models take neither, and the SDK's types know no older ones.
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(tools === undefined || tools.length === 0 ? {} : { tools: tools.map(toTool) }),
    ...(toolChoice === undefined ? {} : { tool_choice: toToolChoice(toolChoice) }),
    ...extra,
  }
}

function toTool({ name, description, parameters }: NonNullable<GenerateOptions['tools']>[number]): Anthropic.Tool {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    input_schema: { type: 'object', ...parameters },
  }
}

function toToolChoice(choice: NonNullable<GenerateOptions['toolChoice']>): Anthropic.ToolChoice {
  if (typeof choice === 'object') return { type: 'tool', name: choice.name }
  return { type: choice === 'required' ? 'any' : choice }
}

function transformed(
  schema: Readonly<Record<string, unknown>>,
  { model, transform }: { model: string; transform: SchemaTransform },
): Record<string, unknown> {
  try {
    return transform(schema)
  } catch (error) {
    throw new EvalsError(
      'EVALS_MODEL_REQUEST_INVALID',
      `${model} cannot take this \`schema\`: ${messageOf(error)}. Write it as a JSON Schema whose every part has a type.`,
      { cause: error, details: { model } },
    )
  }
}
