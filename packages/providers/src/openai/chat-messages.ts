import type { Message, MessagePart, Prompt } from '@evals/core'
import type { OpenAI } from 'openai'
import { binaryDataOf, type BinaryPart } from '../vendor/binary-data.ts'
import { missingCapability } from '../vendor/capability.ts'
import { toolResultText } from '../vendor/tool-result-text.ts'
import { dataUrlOf, fileNameOf, toAudio } from './binary-parts.ts'

type ChatMessage = OpenAI.ChatCompletionMessageParam
type ContentPart = OpenAI.ChatCompletionContentPart

/** For whom messages are written. */
export interface ChatTarget {
  /** For errors. */
  readonly model: string
  readonly takesFiles: boolean
}

// Some servers want back what they told of their reasoning when a tool's result follows; our messages have no place for it.
const originals = new WeakMap<Message, OpenAI.ChatCompletionMessage>()

/** Remembers what the server's own form of an answer's message was. */
export function keepOriginal(message: Message, original: OpenAI.ChatCompletionMessage): void {
  originals.set(message, original)
}

/**
 * Writes a prompt as the messages of a chat completion.
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for parts that the API does not know
 */
export function toChatMessages(prompt: Prompt, target: ChatTarget): ChatMessage[] {
  if (typeof prompt === 'string') return [{ role: 'user', content: prompt }]
  return prompt.flatMap((message) => toChatMessage(message, target))
}

function toChatMessage(message: Message, target: ChatTarget): ChatMessage[] {
  const original = originals.get(message)
  if (original !== undefined) return [original]
  const { role, content } = message
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
  switch (role) {
    case 'system':
      return [{ role, content: parts.map((part) => toText(part, role, target)).join('') }]
    case 'user':
      if (typeof content === 'string') return [{ role, content }]
      return [{ role, content: parts.map((part) => toUserPart(part, target)) }]
    case 'assistant':
      return [toAssistant(parts, target)]
    case 'tool':
      return parts.map((part) => toToolMessage(part, target))
  }
}

function toUserPart(part: MessagePart, target: ChatTarget): ContentPart {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text }
    case 'image':
      return { type: 'image_url', image_url: { url: dataUrlOf(part) } }
    case 'audio':
      return { type: 'input_audio', input_audio: toAudio(part, target.model) }
    case 'file':
      return { type: 'file', file: toFile(part, target) }
    default:
      throw misplaced(part, 'user', target)
  }
}

function toFile(part: BinaryPart, { model, takesFiles }: ChatTarget): { filename: string; file_data: string } {
  if (!takesFiles) throw missingCapability(model, 'a file', 'Give it the file as text or images.')
  if ('url' in binaryDataOf(part)) throw missingCapability(model, 'a file by its address', 'Give it the bytes.')
  return { filename: fileNameOf(part), file_data: dataUrlOf(part) }
}

function toAssistant(parts: readonly MessagePart[], target: ChatTarget): ChatMessage {
  const calls = parts.filter((part) => part.type === 'tool-call')
  const texts = parts.filter((part) => part.type !== 'tool-call')
  const text = texts.map((part) => toText(part, 'assistant', target)).join('')
  if (calls.length === 0) return { role: 'assistant', content: text }
  return {
    role: 'assistant',
    content: text === '' ? null : text,
    tool_calls: calls.map(({ id, name, arguments: values }) => ({
      id,
      type: 'function',
      // What was no JSON when it came is still the text that came.
      function: { name, arguments: typeof values === 'string' ? values : (JSON.stringify(values) ?? '{}') },
    })),
  }
}

function toToolMessage(part: MessagePart, target: ChatTarget): ChatMessage {
  if (part.type !== 'tool-result') throw misplaced(part, 'tool', target)
  return { role: 'tool', tool_call_id: part.id, content: toolResultText(part.result) }
}

function toText(part: MessagePart, role: Message['role'], target: ChatTarget): string {
  if (part.type !== 'text') throw misplaced(part, role, target)
  return part.text
}

function misplaced({ type }: MessagePart, role: Message['role'], { model }: ChatTarget): Error {
  return missingCapability(model, `a part "${type}" in a message of role "${role}"`)
}
