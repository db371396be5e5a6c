import { contentText } from '../openai/content-text.ts'
import { chatUsage, responsesUsage } from '../openai/usage.ts'
import { firstIn, objectIn, textIn, type WireFormat } from './wire-format.ts'

/** Also for deployments of Azure, whose name stands in the path. */
const deployment = /\/deployments\/([^/]+)\//

/** Chat completions, and the older completions, which have `text` instead of messages. */
export const openaiChat: WireFormat = {
  provider: 'openai',
  path: /(?:\/deployments\/[^/]+)?(?:\/chat)?\/completions$/,
  modelOf: (path, body) => body['model'] ?? deployment.exec(path)?.[1],
  maxOutputTokensOf: (body) => body['max_completion_tokens'] ?? body['max_tokens'],
  read(answer, reading) {
    const choice = firstIn(answer['choices'])
    const { content, refusal } = objectIn(choice['message'] ?? choice['delta'])
    reading.text += contentText(content ?? choice['text'])
    reading.model ||= textIn(answer['model'])
    if (answer['usage']) reading.usage = chatUsage(answer['usage'])
    if (choice['finish_reason']) reading.isWhole = true
    if (choice['finish_reason'] === 'content_filter' || refusal) reading.isFiltered = true
  },
}

/** Responses; of a stream's events the last carries the whole. */
export const openaiResponses: WireFormat = {
  provider: 'openai',
  path: /\/responses$/,
  maxOutputTokensOf: (body) => body['max_output_tokens'],
  read(answer, reading) {
    const type = textIn(answer['type'])
    if (type === 'response.output_text.delta') reading.text += textIn(answer['delta'])
    if (type !== '' && !/^response\.(?:completed|incomplete|failed)$/.test(type)) return
    const response = type === '' ? answer : objectIn(answer['response'])
    if (!Array.isArray(response['output'])) return
    reading.model = textIn(response['model'])
    reading.usage = responsesUsage(objectIn(response['usage']))
    const blocks = response['output'].flatMap((item) => objectIn(item)['content'] ?? []).map(objectIn)
    reading.text = blocks.map(({ text }) => textIn(text)).join('')
    const isStopped = objectIn(response['incomplete_details'])['reason'] === 'content_filter'
    if (isStopped || blocks.some(({ type: kind }) => kind === 'refusal')) reading.isFiltered = true
    reading.isWhole = reading.isOver = true
  },
}

/** Embeddings. */
export const openaiEmbeddings: WireFormat = {
  provider: 'openai',
  path: /(?:\/deployments\/[^/]+)?\/embeddings$/,
  modelOf: openaiChat.modelOf!,
  maxOutputTokensOf: () => 0,
  read(answer, reading) {
    reading.model = textIn(answer['model'])
    reading.usage = chatUsage(objectIn(answer['usage']))
    reading.isWhole = Array.isArray(answer['data'])
  },
}
