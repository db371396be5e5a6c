import type { Anthropic } from '@anthropic-ai/sdk'
import { createModelResponse, type FinishReason, type GenerateOptions, type ModelResponse } from '@evals/core'
import { structuredAnswer } from '../vendor/structured-answer.ts'
import { keepOriginal } from './messages.ts'
import { messagesUsage } from './usage.ts'

/** A whole answer, and what came with it. */
export interface AnthropicAnswer {
  readonly message: Anthropic.Message
  readonly requestId: string | undefined
  readonly options: GenerateOptions
}

/** Reads an answer. */
export function toResponse({ message, requestId, options }: AnthropicAnswer): ModelResponse {
  const text = message.content.map((block) => (block.type === 'text' ? block.text : '')).join('')
  const toolCalls = message.content.flatMap((block) =>
    block.type === 'tool_use' ? [{ id: block.id, name: block.name, arguments: block.input }] : [],
  )
  const finishReason = toFinishReason(message.stop_reason)
  const model = `anthropic:${message.model}`
  const response = createModelResponse({
    text,
    model,
    toolCalls,
    finishReason,
    ...structuredAnswer({ model, text, finishReason, options }),
    usage: messagesUsage(message.usage),
    ...(requestId === undefined ? {} : { requestId }),
    raw: message,
  })
  if (message.content.some(({ type }) => type !== 'text' && type !== 'tool_use')) {
    keepOriginal(response.message, message.content)
  }
  return response
}

function toFinishReason(reason: Anthropic.StopReason | null): FinishReason {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'stop'
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length'
    case 'tool_use':
      return 'tool-calls'
    case 'refusal':
      return 'content-filter'
    default:
      return 'other'
  }
}
