import type { LanguageModelV4GenerateResult } from '@ai-sdk/provider'
import { createModelResponse, currentAttemptReport, type ModelResponse, type Usage } from '@evals/core'
import { parseArguments } from '../vendor/parse-arguments.ts'
import { structuredAnswer } from '../vendor/structured-answer.ts'
import { unreadableAnswer } from '../vendor/unreadable-answer.ts'
import type { AiSdkCall } from './call-options.ts'
import { keepOriginal } from './original-message.ts'

/**
 * Reads a whole answer.
 * @throws ModelCallError `EVALS_MODEL_ANSWER_INVALID`, to be tried again, for one that broke off
 */
export function toResponse(result: LanguageModelV4GenerateResult, { model, options }: AiSdkCall): ModelResponse {
  const { content, finishReason, usage, response, warnings, providerMetadata } = result
  if (finishReason.unified === 'interrupted') throw unreadableAnswer(model, 'it ended before it was whole')
  const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const toolCalls = content.flatMap((part) =>
    // What the provider calls itself it also answers itself.
    part.type === 'tool-call' && part.providerExecuted !== true
      ? [{ id: part.toolCallId, name: part.toolName, arguments: parseArguments(part.input) }]
      : [],
  )
  const requestId = requestIdOf(result)
  const answered = createModelResponse({
    text,
    model: response?.modelId === undefined ? model : `${model.slice(0, model.indexOf(':'))}:${response.modelId}`,
    toolCalls,
    finishReason: finishReason.unified,
    ...structuredAnswer({
      model,
      text: result.structuredOutputText ?? text,
      finishReason: finishReason.unified,
      options,
    }),
    usage: toUsage(usage),
    ...(requestId === undefined ? {} : { requestId }),
    raw: { content, finishReason, usage, providerMetadata, warnings, response: { ...response, headers: undefined } },
  })
  const isPlain = content.every(({ type, providerMetadata: own }) => type === 'text' && own === undefined)
  if (!isPlain) keepOriginal(answered.message, model, content)
  return answered
}

const requestIdHeaders = ['x-request-id', 'request-id', 'x-amzn-requestid', 'x-goog-request-id', 'apim-request-id']

function requestIdOf({ response }: LanguageModelV4GenerateResult): string | undefined {
  const headers = { ...currentAttemptReport()?.headers, ...response?.headers }
  const header = requestIdHeaders.find((name) => headers[name] !== undefined)
  return header === undefined ? response?.id : headers[header]
}

function toUsage({ inputTokens, outputTokens }: LanguageModelV4GenerateResult['usage']): Usage {
  return {
    ...(inputTokens.total === undefined ? {} : { inputTokens: inputTokens.total }),
    ...(outputTokens.total === undefined ? {} : { outputTokens: outputTokens.total }),
    ...(inputTokens.cacheRead === undefined ? {} : { cachedInputTokens: inputTokens.cacheRead }),
    ...(outputTokens.reasoning === undefined ? {} : { reasoningTokens: outputTokens.reasoning }),
  }
}
