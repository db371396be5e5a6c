import type { GenerateOptions, Message, MessagePart, Prompt } from '@evals/core'
import type { ChatRequest, Message as OllamaMessage, Options, Tool } from 'ollama'
import { binaryDataOf, type BinaryPart } from '../vendor/binary-data.ts'
import { missingCapability } from '../vendor/capability.ts'
import { toolResultText } from '../vendor/tool-result-text.ts'

/** What a call asks. */
export interface OllamaCall {
  readonly modelId: string
  readonly prompt: Prompt
  readonly options: GenerateOptions
}

/**
 * The body of a call, without `stream`. `providerOptions` are added to it, their `options` to those of the model.
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for what the API does not know
 */
export function toRequest({ modelId, prompt, options }: OllamaCall): Omit<ChatRequest, 'stream'> {
  const model = `ollama:${modelId}`
  const { tools, toolChoice = 'auto', schema, reasoning, providerOptions = {} } = options
  if (toolChoice !== 'auto') throw missingCapability(model, '`toolChoice`', 'The model chooses whether to call a tool.')
  const { options: extraSettings, ...extra } = providerOptions as { options?: Partial<Options> }
  const settings = { ...toSettings(options), ...extraSettings }
  return {
    model: modelId,
    messages: toMessages(prompt, model),
    ...(Object.keys(settings).length === 0 ? {} : { options: settings }),
    ...(tools === undefined || tools.length === 0 ? {} : { tools: tools.map(toTool) }),
    ...(schema === undefined ? {} : { format: schema }),
    ...(reasoning === undefined ? {} : { think: reasoning === 'none' ? false : reasoning }),
    ...extra,
  }
}

function toSettings({ temperature, topP, seed, stop, maxOutputTokens }: GenerateOptions): Partial<Options> {
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(seed === undefined ? {} : { seed }),
    ...(stop === undefined ? {} : { stop: [...stop] }),
    ...(maxOutputTokens === undefined ? {} : { num_predict: maxOutputTokens }),
  }
}

function toTool({ name, description, parameters }: NonNullable<GenerateOptions['tools']>[number]): Tool {
  return {
    type: 'function',
    function: { name, ...(description === undefined ? {} : { description }), parameters },
  }
}

function toMessages(prompt: Prompt, model: string): OllamaMessage[] {
  if (typeof prompt === 'string') return [{ role: 'user', content: prompt }]
  return prompt.flatMap((message) => toMessage(message, model))
}

/** Each result of a tool is a message of its own. */
function toMessage({ role, content }: Message, model: string): OllamaMessage[] {
  if (typeof content === 'string') return [{ role, content }]
  const misplaced = content.find(({ type }) => !partTypes[role].includes(type))
  if (misplaced !== undefined) {
    throw missingCapability(model, `a part "${misplaced.type}" in a message of role "${role}"`)
  }
  if (role === 'tool') return content.flatMap((part) => (part.type === 'tool-result' ? [toToolResult(part)] : []))
  const images = content.flatMap((part) => (part.type === 'image' ? [toImage(part, model)] : []))
  const calls = content.flatMap((part) => (part.type === 'tool-call' ? [toToolCall(part)] : []))
  return [
    {
      role,
      content: content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
      ...(images.length === 0 ? {} : { images }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    },
  ]
}

const partTypes: Readonly<Record<Message['role'], readonly MessagePart['type'][]>> = {
  system: ['text'],
  user: ['text', 'image'],
  assistant: ['text', 'tool-call'],
  tool: ['tool-result'],
}

type Part<Type extends MessagePart['type']> = Extract<MessagePart, { readonly type: Type }>

function toImage(part: BinaryPart, model: string): string {
  const data = binaryDataOf(part)
  if ('url' in data) throw missingCapability(model, 'the address of an image', 'Give it the bytes.')
  return data.base64
}

function toToolCall({ name, arguments: values }: Part<'tool-call'>): NonNullable<OllamaMessage['tool_calls']>[number] {
  return { function: { name, arguments: { ...(values as object) } } }
}

function toToolResult({ name, result }: Part<'tool-result'>): OllamaMessage {
  return { role: 'tool', tool_name: name, content: toolResultText(result) }
}
