import type { GenerateOptions, Prompt } from '@evals/core'
import type { OpenAI } from 'openai'
import type { ChatDialect } from './chat-dialect.ts'
import { toChatMessages } from './chat-messages.ts'
import { isStrictSchema } from './strict-schema.ts'

type Params = OpenAI.ChatCompletionCreateParamsNonStreaming

/** What a call asks. */
export interface ChatCall {
  readonly provider: string
  readonly modelId: string
  readonly prompt: Prompt
  readonly options: GenerateOptions
}

/**
 * The body of a chat completion. `providerOptions` are added to it as they are.
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for parts that the API does not know
 */
export function toChatParams({ provider, modelId, prompt, options }: ChatCall, dialect: ChatDialect): Params {
  const { tools, toolChoice, schema, stop, temperature, topP, seed, maxOutputTokens, reasoning } = options
  const messages = toChatMessages(prompt, { model: `${provider}:${modelId}`, takesFiles: dialect.takesFiles })
  const params = {
    model: modelId,
    messages: schema === undefined ? messages : [...schemaMessage(schema, dialect), ...messages],
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(stop === undefined ? {} : { stop: [...stop] }),
    ...(seed === undefined ? {} : { [dialect.seed]: seed }),
    ...(maxOutputTokens === undefined ? {} : { [dialect.maxTokens]: maxOutputTokens }),
    ...(reasoning === undefined ? {} : { reasoning_effort: reasoning }),
    ...(tools === undefined || tools.length === 0 ? {} : { tools: tools.map(toTool) }),
    ...(toolChoice === undefined ? {} : { tool_choice: toToolChoice(toolChoice) }),
    ...(schema === undefined ? {} : { response_format: responseFormat(schema, dialect) }),
  }
  return { ...params, ...options.providerOptions }
}

function toTool({
  name,
  description,
  parameters,
}: NonNullable<GenerateOptions['tools']>[number]): OpenAI.ChatCompletionFunctionTool {
  return {
    type: 'function',
    function: { name, ...(description === undefined ? {} : { description }), parameters: { ...parameters } },
  }
}

function toToolChoice(choice: NonNullable<GenerateOptions['toolChoice']>): OpenAI.ChatCompletionToolChoiceOption {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } }
}

type Schema = NonNullable<GenerateOptions['schema']>

function responseFormat(schema: Schema, dialect: ChatDialect): NonNullable<Params['response_format']> {
  if (dialect.schema === 'json_object') return { type: 'json_object' }
  return { type: 'json_schema', json_schema: { name: 'answer', schema: { ...schema }, strict: isStrictSchema(schema) } }
}

function schemaMessage(schema: Schema, dialect: ChatDialect): OpenAI.ChatCompletionMessageParam[] {
  if (dialect.schema === 'json_schema') return []
  const content = `Answer with one JSON value, without any other text, that fits this JSON Schema:\n${JSON.stringify(schema)}`
  return [{ role: 'system', content }]
}
