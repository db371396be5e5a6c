import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { ModelResponse } from '@evals/core'
import { unreadableAnswer } from '../vendor/unreadable-answer.ts'
import { toResponse } from './answer.ts'
import { toCallOptions, type AiSdkCall } from './call-options.ts'
import { reportAnswer, reportFailure } from './report-failure.ts'
import { StreamedContent } from './streamed-content.ts'

/** Makes one call; streams where `onText` asks for it. */
export async function attemptAiSdk(call: AiSdkCall, sdkModel: LanguageModelV4): Promise<ModelResponse> {
  const options = toCallOptions(call)
  try {
    if (call.options.onText === undefined) {
      const result = await sdkModel.doGenerate(options)
      reportAnswer(result.response?.headers)
      return toResponse(result, call)
    }
    const { stream, response } = await sdkModel.doStream(options)
    const streamed = new StreamedContent()
    for await (const part of stream) {
      reportAnswer(response?.headers)
      const text = streamed.add(part)
      if (text !== '') call.options.onText(text)
    }
    const result = streamed.result()
    if (result === undefined) throw unreadableAnswer(call.model, 'the stream ended before the answer did')
    return toResponse({ ...result, response: { ...result.response, ...response } }, call)
  } catch (error) {
    throw reportFailure(error, call.model)
  }
}
