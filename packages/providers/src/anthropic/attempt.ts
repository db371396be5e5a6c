import type { ModelCallOptions, ModelResponse } from '@evals/core'
import { otherAnswer, unreadableAnswer } from '../vendor/unreadable-answer.ts'
import { toResponse } from './answer.ts'
import type { AnthropicClient } from './client.ts'
import { toParams, type AnthropicCall } from './request.ts'

/** Makes one call; streams where `onText` asks for it. */
export async function attemptAnthropic(
  call: AnthropicCall & { readonly options: ModelCallOptions },
  { client, transform }: AnthropicClient,
): Promise<ModelResponse> {
  const params = toParams(call, transform)
  const { options } = call
  const model = `anthropic:${call.modelId}`
  const { signal, onText } = options
  if (onText === undefined) {
    const { data: message, request_id } = await client.messages.create(params, { signal }).withResponse()
    // A proxy may answer with anything.
    if (!Array.isArray(message?.content)) throw otherAnswer(model, 'message', message)
    return toResponse({ message, requestId: request_id ?? undefined, options })
  }
  const stream = client.messages.stream(params, { signal })
  let isWhole = false
  stream.on('text', onText)
  stream.on('streamEvent', ({ type }) => {
    if (type === 'message_stop') isWhole = true
  })
  const message = await stream.finalMessage()
  // The SDK takes the end of the connection for the end of the answer.
  if (!isWhole) throw unreadableAnswer(model, 'the stream ended before the answer did')
  return toResponse({ message, requestId: stream.request_id ?? undefined, options })
}
