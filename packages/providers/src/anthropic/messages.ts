import type { Anthropic } from '@anthropic-ai/sdk'
import type { Message, MessagePart, Prompt } from '@evals/core'
import { missingCapability } from '../vendor/capability.ts'
import { toolResultText } from '../vendor/tool-result-text.ts'
import { toDocument, toImage } from './binary-blocks.ts'

type Block = Anthropic.ContentBlockParam

/** A conversation as Anthropic's API takes it. */
export interface AnthropicConversation {
  readonly system?: Anthropic.TextBlockParam[]
  readonly messages: Anthropic.MessageParam[]
}

// Thinking must go back as it came when a tool's result follows, and our messages have no place for it.
const originals = new WeakMap<Message, readonly Anthropic.ContentBlock[]>()

/** Remembers what the API's own form of an answer's message was. */
export function keepOriginal(message: Message, content: readonly Anthropic.ContentBlock[]): void {
  originals.set(message, content)
}

/**
 * Writes a prompt in Anthropic's form: the system messages it begins with apart, results of tools as the user's messages.
 * @param model for errors
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for parts that the API does not know
 */
export function toConversation(prompt: Prompt, model: string): AnthropicConversation {
  if (typeof prompt === 'string') return { messages: [{ role: 'user', content: prompt }] }
  const systemCount = prompt.findIndex(({ role }) => role !== 'system')
  const head = prompt.slice(0, systemCount === -1 ? prompt.length : systemCount)
  const system = head.flatMap((message) => partsOf(message).map((part) => toText(part, model)))
  const messages: Anthropic.MessageParam[] = []
  for (const message of prompt.slice(head.length)) {
    const role = message.role === 'tool' ? 'user' : message.role
    const content = toContent(message, model)
    const last = messages.at(-1)
    // All results of one turn's tool calls belong into the one message after it.
    if (message.role === 'tool' && isToolResults(last)) last.content.push(...content)
    else messages.push({ role, content } as Anthropic.MessageParam)
  }
  return { ...(system.length === 0 ? {} : { system }), messages }
}

function toContent(message: Message, model: string): Block[] {
  const original = originals.get(message)
  if (original !== undefined) return [...original] as Block[]
  const parts = partsOf(message).filter((part) => part.type !== 'text' || part.text !== '')
  switch (message.role) {
    case 'system':
      return parts.map((part) => toText(part, model))
    case 'user':
      return parts.map((part) => toUserBlock(part, model))
    case 'assistant':
      return parts.map((part) => toAssistantBlock(part, model))
    case 'tool':
      return parts.map((part) => toToolResult(part, model))
  }
}

function partsOf({ content }: Message): readonly MessagePart[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}

function toText(part: MessagePart, model: string): Anthropic.TextBlockParam {
  if (part.type !== 'text') throw misplaced(part, { model, role: 'system' })
  return { type: 'text', text: part.text }
}

function toUserBlock(part: MessagePart, model: string): Block {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text }
    case 'image':
      return toImage(part, model)
    case 'file':
      return toDocument(part, model)
    default:
      throw misplaced(part, { model, role: 'user' })
  }
}

function toAssistantBlock(part: MessagePart, model: string): Block {
  if (part.type === 'text') return { type: 'text', text: part.text }
  if (part.type !== 'tool-call') throw misplaced(part, { model, role: 'assistant' })
  return { type: 'tool_use', id: part.id, name: part.name, input: part.arguments ?? {} }
}

function toToolResult(part: MessagePart, model: string): Anthropic.ToolResultBlockParam {
  if (part.type !== 'tool-result') throw misplaced(part, { model, role: 'tool' })
  return { type: 'tool_result', tool_use_id: part.id, content: toolResultText(part.result) }
}

interface Place {
  readonly model: string
  readonly role: Message['role']
}

function misplaced({ type }: MessagePart, { model, role }: Place): Error {
  return missingCapability(model, `a part "${type}" in a message of role "${role}"`)
}

function isToolResults(
  message: Anthropic.MessageParam | undefined,
): message is Anthropic.MessageParam & { content: Block[] } {
  return (
    message?.role === 'user' &&
    Array.isArray(message.content) &&
    message.content.every(({ type }) => type === 'tool_result')
  )
}
