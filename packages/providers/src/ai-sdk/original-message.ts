import type { JSONValue, LanguageModelV4Content, LanguageModelV4Message } from '@ai-sdk/provider'
import type { Message } from '@evals/core'
import { parseArguments } from '../vendor/parse-arguments.ts'

type AssistantContent = Extract<LanguageModelV4Message, { role: 'assistant' }>['content']

interface Original {
  readonly model: string
  readonly content: AssistantContent
}

// Some vendors want their reasoning and signatures back as they came, and our messages have no place for them.
const originals = new WeakMap<Message, Original>()

/** Remembers what the AI SDK's own form of an answer's message was. */
export function keepOriginal(message: Message, model: string, content: readonly LanguageModelV4Content[]): void {
  originals.set(message, { model, content: content.flatMap(toPart) })
}

/** The AI SDK's own form of a message; none if another model answered it. */
export function originalOf(message: Message, model: string): AssistantContent | undefined {
  const original = originals.get(message)
  return original?.model === model ? original.content : undefined
}

function toPart(part: LanguageModelV4Content): AssistantContent {
  const more = part.providerMetadata === undefined ? {} : { providerOptions: part.providerMetadata }
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return [{ type: part.type, text: part.text, ...more }]
    case 'file':
    case 'reasoning-file':
      return [{ type: part.type, data: part.data, mediaType: part.mediaType, ...more }]
    case 'custom':
      return [{ type: part.type, kind: part.kind, ...more }]
    case 'tool-call': {
      const { toolCallId, toolName, providerExecuted } = part
      const executed = providerExecuted === undefined ? {} : { providerExecuted }
      return [{ type: part.type, toolCallId, toolName, input: parseArguments(part.input), ...executed, ...more }]
    }
    case 'tool-result': {
      const { toolCallId, toolName, result, isError = false } = part
      const output = { type: isError ? 'error-json' : 'json', value: result as JSONValue } as const
      return [{ type: part.type, toolCallId, toolName, output, ...more }]
    }
    default:
      return []
  }
}
