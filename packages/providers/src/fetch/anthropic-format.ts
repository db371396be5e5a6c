import { messagesUsage } from '../anthropic/usage.ts'
import { objectIn, textIn, type WireFormat } from './wire-format.ts'

/** Messages; a stream tells its input tokens at the start and its output tokens at the end. */
export const anthropicMessages: WireFormat = {
  provider: 'anthropic',
  path: /\/v1\/messages$/,
  maxOutputTokensOf: (body) => body['max_tokens'],
  read(answer, reading) {
    const type = textIn(answer['type'])
    if (type === 'content_block_delta') reading.text += textIn(objectIn(answer['delta'])['text'])
    if (type === 'message_stop') reading.isWhole = reading.isOver = true
    if (type === 'message_delta') reading.usage = { ...reading.usage, ...messagesUsage(objectIn(answer['usage'])) }
    const { stop_reason: reason } = type === 'message_delta' ? objectIn(answer['delta']) : answer
    if (reason === 'refusal') reading.isFiltered = true
    if (type !== 'message' && type !== 'message_start') return
    const message = type === 'message' ? answer : objectIn(answer['message'])
    reading.model = textIn(message['model'])
    reading.usage = messagesUsage(objectIn(message['usage']))
    const blocks: readonly unknown[] = Array.isArray(message['content']) ? message['content'] : []
    reading.text = blocks.map((block) => textIn(objectIn(block)['text'])).join('')
    reading.isWhole = type === 'message'
  },
}
