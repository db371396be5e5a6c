import {
  createModelResponse,
  currentAttemptReport,
  type FinishReason,
  type GenerateOptions,
  type ModelResponse,
} from '@evals/core'
import type { OpenAI } from 'openai'
import { structuredAnswer } from '../vendor/structured-answer.ts'
import { otherAnswer, unreadableAnswer } from '../vendor/unreadable-answer.ts'
import { parseArguments } from '../vendor/parse-arguments.ts'
import { keepItems } from './responses-items.ts'
import { responsesUsage } from './usage.ts'

type Answer = OpenAI.Responses.Response

/** A whole answer, and whose it is. */
export interface ResponsesAnswer {
  readonly modelId: string
  readonly answer: Answer
  readonly options: GenerateOptions
}

/** @throws ModelCallError `EVALS_MODEL_ANSWER_INVALID`, to be tried again, for what is no response, and one that failed */
export function toResponse({ modelId, answer, options }: ResponsesAnswer): ModelResponse {
  // A proxy may answer with anything.
  if (!Array.isArray(answer?.output)) throw otherAnswer(`openai:${modelId}`, 'response', answer)
  const { status, error, output } = answer
  if (status === 'failed' || status === 'cancelled') {
    throw unreadableAnswer(`openai:${modelId}`, `it is ${status}: ${error?.message ?? 'no reason was given'}`)
  }
  const blocks = output.flatMap((item) => (item.type === 'message' ? item.content : []))
  const text = blocks.map((block) => (block.type === 'output_text' ? block.text : block.refusal)).join('')
  const toolCalls = output.flatMap((item) =>
    item.type === 'function_call'
      ? [{ id: item.call_id, name: item.name, arguments: parseArguments(item.arguments) }]
      : [],
  )
  const isRefusal = blocks.some(({ type }) => type === 'refusal')
  const finishReason = isRefusal ? 'content-filter' : toFinishReason(answer, toolCalls.length > 0)
  const model = `openai:${answer.model || modelId}`
  const response = createModelResponse({
    text,
    model,
    toolCalls,
    finishReason,
    ...structuredAnswer({ model, text, finishReason, options }),
    usage: responsesUsage(answer.usage),
    requestId: currentAttemptReport()?.headers?.['x-request-id'] ?? answer.id,
    raw: answer,
  })
  if (output.some(({ type }) => type !== 'message' && type !== 'function_call')) keepItems(response.message, output)
  return response
}

function toFinishReason({ status, incomplete_details }: Answer, hasToolCalls: boolean): FinishReason {
  if (status === 'incomplete') {
    if (incomplete_details?.reason === 'max_output_tokens') return 'length'
    return incomplete_details?.reason === 'content_filter' ? 'content-filter' : 'other'
  }
  return hasToolCalls ? 'tool-calls' : 'stop'
}
