import type { ModelCallOptions, ModelResponse } from '@evals/core'
import type { OpenAI } from 'openai'
import { unreadableAnswer } from '../vendor/unreadable-answer.ts'
import { toResponse } from './responses-answer.ts'
import { toResponsesParams, type ResponsesCall } from './responses-request.ts'

/** Makes one call; streams where `onText` asks for it. */
export async function attemptResponse(
  call: ResponsesCall & { readonly options: ModelCallOptions },
  sdk: OpenAI,
): Promise<ModelResponse> {
  const params = toResponsesParams(call)
  const { modelId, options } = call
  const { signal, onText } = options
  if (onText === undefined) {
    return toResponse({ modelId, answer: await sdk.responses.create(params, { signal }), options })
  }
  let answer: OpenAI.Responses.Response | undefined
  for await (const event of await sdk.responses.create({ ...params, stream: true }, { signal })) {
    if (event.type === 'response.output_text.delta') onText(event.delta)
    if (isLast(event)) answer = event.response
  }
  // The SDK takes the end of the connection, and an abort, for the end of the answer.
  signal.throwIfAborted()
  if (answer === undefined) throw unreadableAnswer(`openai:${modelId}`, 'the stream ended before the answer did')
  return toResponse({ modelId, answer, options })
}

type Event = OpenAI.Responses.ResponseStreamEvent
type LastEvent = Extract<Event, { type: 'response.completed' | 'response.incomplete' | 'response.failed' }>

function isLast(event: Event): event is LastEvent {
  return event.type === 'response.completed' || event.type === 'response.incomplete' || event.type === 'response.failed'
}
