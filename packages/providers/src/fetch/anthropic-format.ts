import type { Usage } from '@evals/core'
import { known } from '../openai/usage.ts'
import { objectIn, textIn, type JsonObject, type WireFormat } from './wire-format.ts'

/** Messages; a stream tells its input tokens at the start and its output tokens at the end. */
export const anthropicMessages: WireFormat = {
  provider: 'anthropic',
  path: /\/v1\/messages$/,
  maxOutputTokensOf: (body) => body['max_tokens'],
  read(answer, reading) {
    const type = textIn(answer['type'])
    if (type === 'content_block_delta') reading.text += textIn(objectIn(answer['delta'])['text'])
    if (type === 'message_stop') reading.isWhole = reading.isOver = true
    if (type === 'message_delta') reading.usage = { ...reading.usage, ...usageOf(objectIn(answer['usage'])) }
    if (type !== 'message' && type !== 'message_start') return
    const message = type === 'message' ? answer : objectIn(answer['message'])
    reading.model = textIn(message['model'])
    reading.usage = usageOf(objectIn(message['usage']))
    const blocks: readonly unknown[] = Array.isArray(message['content']) ? message['content'] : []
    reading.text = blocks.map((block) => textIn(objectIn(block)['text'])).join('')
    reading.isWhole = type === 'message'
  },
}

/** The API's own count of input leaves out what is read from and written to its cache. */
function usageOf(usage: JsonObject): Usage {
  const count = (name: string): number | undefined => {
    const value = usage[name]
    return typeof value === 'number' ? value : undefined
  }
  const cached = count('cache_read_input_tokens')
  const input = count('input_tokens')
  return known({
    inputTokens: input === undefined ? undefined : input + (cached ?? 0) + (count('cache_creation_input_tokens') ?? 0),
    outputTokens: count('output_tokens'),
    cachedInputTokens: cached,
    reasoningTokens: undefined,
  })
}
