import {
  createModelResponse,
  currentAttemptReport,
  type FinishReason,
  type GenerateOptions,
  type ModelResponse,
  type ToolCall,
} from '@evals/core'
import type { OpenAI } from 'openai'
import { structuredAnswer } from '../vendor/structured-answer.ts'
import { otherAnswer } from '../vendor/unreadable-answer.ts'
import { keepOriginal } from './chat-messages.ts'
import { contentText } from './content-text.ts'
import { parseArguments } from '../vendor/parse-arguments.ts'
import { chatUsage } from './usage.ts'

/** A whole answer, and whose it is. */
export interface ChatAnswer {
  readonly provider: string
  readonly modelId: string
  readonly completion: OpenAI.ChatCompletion
  readonly options: GenerateOptions
}

/** @throws ModelCallError `EVALS_MODEL_ANSWER_INVALID`, to be tried again, for what is no chat completion */
export function toChatResponse({ provider, modelId, completion, options }: ChatAnswer): ModelResponse {
  // A proxy may answer with anything.
  const [choice] = Array.isArray(completion?.choices) ? completion.choices : []
  if (!choice?.message) throw otherAnswer(`${provider}:${modelId}`, 'chat completion', completion)
  const { message } = choice
  const toolCalls = (message.tool_calls ?? []).map(toToolCall)
  const text = contentText(message.content ?? message.refusal)
  const finishReason = toFinishReason(choice, toolCalls.length > 0)
  const model = `${provider}:${completion.model || modelId}`
  const requestId = currentAttemptReport()?.headers?.['x-request-id'] ?? completion.id
  const response = createModelResponse({
    text,
    model,
    toolCalls,
    finishReason,
    ...structuredAnswer({ model, text, finishReason, options }),
    usage: chatUsage(completion.usage),
    ...(requestId === undefined ? {} : { requestId }),
    raw: completion,
  })
  if (hasServersOwn(message)) keepOriginal(response.message, message)
  return response
}

const standardFields = ['role', 'content', 'refusal', 'annotations', 'audio', 'function_call', 'tool_calls']
const standardCallFields = ['id', 'type', 'index', 'function', 'custom']

/** Whether a message that calls tools has what only the server understands, such as its reasoning. */
function hasServersOwn({ tool_calls, ...message }: OpenAI.ChatCompletionMessage): boolean {
  return (
    tool_calls !== undefined &&
    (hasOthers(message, standardFields) || tool_calls.some((call) => hasOthers(call, standardCallFields)))
  )
}

function hasOthers(value: object, names: readonly string[]): boolean {
  return Object.entries(value).some(([name, field]) => field !== null && !names.includes(name))
}

function toToolCall(call: OpenAI.ChatCompletionMessageToolCall): ToolCall {
  if (call.type === 'custom') return { id: call.id, name: call.custom.name, arguments: call.custom.input }
  return { id: call.id, name: call.function.name, arguments: parseArguments(call.function.arguments) }
}

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  error: 'error',
}

function toFinishReason(choice: OpenAI.ChatCompletion.Choice, hasToolCalls: boolean): FinishReason {
  if (typeof choice.message.refusal === 'string') return 'content-filter'
  const reason = finishReasons[choice.finish_reason] ?? 'other'
  // A tool that was demanded by name ends with "stop", and with some servers any does.
  return reason === 'stop' && hasToolCalls ? 'tool-calls' : reason
}
