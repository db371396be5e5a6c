import type {
  JSONValue,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
} from '@ai-sdk/provider'
import type { Message, MessagePart, Prompt } from '@evals/core'
import { binaryDataOf, type BinaryPart } from '../vendor/binary-data.ts'
import { missingCapability } from '../vendor/capability.ts'
import { originalOf } from './original-message.ts'

type AssistantContent = Extract<LanguageModelV4Message, { role: 'assistant' }>['content']
type UserContent = Extract<LanguageModelV4Message, { role: 'user' }>['content']
type ToolContent = Extract<LanguageModelV4Message, { role: 'tool' }>['content']
type Part<Type extends MessagePart['type']> = Extract<MessagePart, { readonly type: Type }>

/**
 * Writes a prompt in the AI SDK's form.
 * @param model for errors
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for parts where that form has no place for them
 */
export function toPrompt(prompt: Prompt, model: string): LanguageModelV4Prompt {
  const messages = typeof prompt === 'string' ? [{ role: 'user', content: prompt } as const] : prompt
  return messages.map((message) => toMessage(message, model))
}

function toMessage(message: Message, model: string): LanguageModelV4Message {
  const { role, content } = message
  const parts: readonly MessagePart[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content
  const misplaced = parts.find(({ type }) => !partTypes[role].includes(type))
  if (misplaced !== undefined) {
    throw missingCapability(model, `a part "${misplaced.type}" in a message of role "${role}"`)
  }
  switch (role) {
    case 'system':
      return { role, content: parts.map((part) => (part.type === 'text' ? part.text : '')).join('') }
    case 'user':
      return { role, content: parts.map(toUserPart) as UserContent }
    case 'assistant':
      return { role, content: originalOf(message, model) ?? (parts.map(toAssistantPart) as AssistantContent) }
    case 'tool':
      return { role, content: parts.map((part) => toToolResult(part as Part<'tool-result'>)) }
  }
}

const partTypes: Readonly<Record<Message['role'], readonly MessagePart['type'][]>> = {
  system: ['text'],
  user: ['text', 'image', 'audio', 'file'],
  assistant: ['text', 'image', 'audio', 'file', 'tool-call'],
  tool: ['tool-result'],
}

function toUserPart(part: MessagePart): object {
  return part.type === 'text' ? { type: 'text', text: part.text } : toFile(part as BinaryPart)
}

function toAssistantPart(part: MessagePart): object {
  if (part.type !== 'tool-call') return toUserPart(part)
  return { type: 'tool-call', toolCallId: part.id, toolName: part.name, input: part.arguments ?? {} }
}

function toFile(part: BinaryPart): LanguageModelV4FilePart {
  const data = binaryDataOf(part)
  const { mediaType } = part
  return 'url' in data
    ? { type: 'file', mediaType, data: { type: 'url', url: new URL(data.url) } }
    : { type: 'file', mediaType, data: { type: 'data', data: data.base64 } }
}

function toToolResult({ id, name, result = '' }: Part<'tool-result'>): ToolContent[number] {
  return {
    type: 'tool-result',
    toolCallId: id,
    toolName: name,
    output: typeof result === 'string' ? { type: 'text', value: result } : { type: 'json', value: result as JSONValue },
  }
}
