import type { ModelCallOptions, ModelResponse } from '@evals/core'
import type { OpenAI } from 'openai'
import { unreadableAnswer } from '../vendor/unreadable-answer.ts'
import { toChatResponse } from './chat-answer.ts'
import type { ChatDialect } from './chat-dialect.ts'
import { toChatParams, type ChatCall } from './chat-request.ts'
import { ChatStream } from './chat-stream.ts'

/** A chat completion to be attempted. */
export interface ChatAttempt extends ChatCall {
  readonly options: ModelCallOptions
  readonly dialect: ChatDialect
}

/** Makes one call; streams where `onText` asks for it. */
export async function attemptChat({ dialect, ...call }: ChatAttempt, sdk: OpenAI): Promise<ModelResponse> {
  const params = toChatParams(call, dialect)
  const { provider, modelId, options } = call
  const { signal, onText } = options
  if (onText === undefined) {
    const completion = await sdk.chat.completions.create(params, { signal })
    return toChatResponse({ provider, modelId, completion, options })
  }
  const chunks = await sdk.chat.completions.create(
    { ...params, stream: true, ...(dialect.asksForUsage ? { stream_options: { include_usage: true } } : {}) },
    { signal },
  )
  const stream = new ChatStream()
  for await (const chunk of chunks) {
    const text = stream.add(chunk)
    if (text !== '') onText(text)
  }
  // The SDK takes the end of the connection, and an abort, for the end of the answer.
  signal.throwIfAborted()
  if (!stream.isWhole) throw unreadableAnswer(`${provider}:${modelId}`, 'the stream ended before the answer did')
  return toChatResponse({ provider, modelId, completion: stream.completion(), options })
}
