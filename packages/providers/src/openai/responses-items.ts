import type { Message, MessagePart, Prompt } from '@evals/core'
import type { OpenAI } from 'openai'
import { binaryDataOf, type BinaryPart } from '../vendor/binary-data.ts'
import { missingCapability } from '../vendor/capability.ts'
import { toolResultText } from '../vendor/tool-result-text.ts'
import { dataUrlOf, fileNameOf } from './binary-parts.ts'

type Item = OpenAI.Responses.ResponseInputItem
type ContentPart = OpenAI.Responses.ResponseInputContent

// Reasoning must go back as it came when a tool's result follows, and our messages have no place for it.
const originals = new WeakMap<Message, readonly OpenAI.Responses.ResponseOutputItem[]>()

/** Remembers what an answer's message was made of. */
export function keepItems(message: Message, items: readonly OpenAI.Responses.ResponseOutputItem[]): void {
  originals.set(message, items)
}

/**
 * Writes a prompt as the input of a response.
 * @param model for errors
 * @throws EvalsError `EVALS_MODEL_CAPABILITY_MISSING` for parts that the API does not know
 */
export function toItems(prompt: Prompt, model: string): Item[] {
  if (typeof prompt === 'string') return [{ role: 'user', content: prompt }]
  return prompt.flatMap((message) => toMessageItems(message, model))
}

function toMessageItems(message: Message, model: string): Item[] {
  const original = originals.get(message)
  if (original !== undefined) return [...original] as Item[]
  const { role, content } = message
  if (typeof content === 'string') {
    if (role === 'tool') throw misplaced('text', { role, model })
    return [{ role, content }]
  }
  switch (role) {
    case 'system':
      return [{ role, content: content.map((part) => toText(part, { role, model })).join('') }]
    case 'user':
      return [{ role, content: content.map((part) => toUserPart(part, model)) }]
    case 'assistant':
      return content.map((part) => toAssistantItem(part, model))
    case 'tool':
      return content.map((part) => toToolOutput(part, model))
  }
}

function toUserPart(part: MessagePart, model: string): ContentPart {
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text }
    case 'image':
      return { type: 'input_image', image_url: dataUrlOf(part), detail: 'auto' }
    case 'file':
      return toFile(part)
    case 'audio':
      throw missingCapability(model, 'audio', 'Use `openai(modelId)`, which goes by chat completions.')
    default:
      throw misplaced(part.type, { role: 'user', model })
  }
}

function toFile(part: BinaryPart): ContentPart {
  const data = binaryDataOf(part)
  return 'url' in data
    ? { type: 'input_file', file_url: data.url }
    : { type: 'input_file', filename: fileNameOf(part), file_data: dataUrlOf(part) }
}

function toAssistantItem(part: MessagePart, model: string): Item {
  if (part.type === 'text') return { role: 'assistant', content: part.text }
  if (part.type !== 'tool-call') throw misplaced(part.type, { role: 'assistant', model })
  const { id, name, arguments: values } = part
  const written = typeof values === 'string' ? values : (JSON.stringify(values) ?? '{}')
  return { type: 'function_call', call_id: id, name, arguments: written }
}

function toToolOutput(part: MessagePart, model: string): Item {
  if (part.type !== 'tool-result') throw misplaced(part.type, { role: 'tool', model })
  return { type: 'function_call_output', call_id: part.id, output: toolResultText(part.result) }
}

interface Place {
  readonly model: string
  readonly role: Message['role']
}

function toText(part: MessagePart, place: Place): string {
  if (part.type !== 'text') throw misplaced(part.type, place)
  return part.text
}

function misplaced(type: MessagePart['type'], { model, role }: Place): Error {
  return missingCapability(model, `a part "${type}" in a message of role "${role}"`)
}
