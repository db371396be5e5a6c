import { createModelResponse, type FinishReason, type ModelResponse } from '@evals/core'
import type { ChatResponse } from 'ollama'
import { structuredAnswer } from '../vendor/structured-answer.ts'
import type { OllamaCall } from './request.ts'

/** Reads a whole answer. */
export function toResponse(answer: ChatResponse, { prompt, options }: OllamaCall): ModelResponse {
  const { content: text, tool_calls: calls = [] } = answer.message
  const turn = typeof prompt === 'string' ? 1 : prompt.length
  // The API has no ids; these are unique in the conversation, and the same when it is replayed.
  const toolCalls = calls.map((call, index) => ({
    id: `call_${turn}_${index}`,
    name: call.function.name,
    arguments: call.function.arguments as unknown,
  }))
  const finishReason = toFinishReason(answer.done_reason, toolCalls.length > 0)
  const model = `ollama:${answer.model}`
  return createModelResponse({
    text,
    model,
    toolCalls,
    finishReason,
    ...structuredAnswer({ model, text, finishReason, options }),
    usage: {
      // A prompt that the server still has in its cache is not counted.
      ...(answer.prompt_eval_count === undefined ? {} : { inputTokens: answer.prompt_eval_count }),
      ...(answer.eval_count === undefined ? {} : { outputTokens: answer.eval_count }),
    },
    raw: answer,
  })
}

function toFinishReason(reason: string, callsTools: boolean): FinishReason {
  if (reason === 'length') return 'length'
  if (callsTools) return 'tool-calls'
  return reason === 'stop' ? 'stop' : 'other'
}

/** The answer that the pieces of a stream make up. */
export function joinPieces(pieces: readonly ChatResponse[]): ChatResponse | undefined {
  const last = pieces.at(-1)
  if (last === undefined) return undefined
  const joined = (read: (message: ChatResponse['message']) => string | undefined): string =>
    pieces.map(({ message }) => read(message) ?? '').join('')
  const thinking = joined((message) => message.thinking)
  const calls = pieces.flatMap(({ message }) => message.tool_calls ?? [])
  return {
    ...last,
    message: {
      role: 'assistant',
      content: joined((message) => message.content),
      ...(thinking === '' ? {} : { thinking }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    },
  }
}
