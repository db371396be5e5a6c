import { known } from '../openai/usage.ts'
import { firstIn, objectIn, textIn, type WireFormat } from './wire-format.ts'

const call = /\/models\/([^/:]+):(?:generateContent|streamGenerateContent)$/

const filters = /SAFETY|RECITATION|BLOCKLIST|PROHIBITED|SPII/

/** Gemini's generateContent, of Google AI and of Vertex AI; each event of a stream has the usage so far. */
export const googleGenerateContent: WireFormat = {
  provider: 'google',
  path: call,
  modelOf: (path) => call.exec(path)?.[1],
  maxOutputTokensOf: (body) => objectIn(body['generationConfig'])['maxOutputTokens'],
  read(answer, reading) {
    const candidate = firstIn(answer['candidates'])
    const { parts } = objectIn(candidate['content'])
    // Thoughts are marked.
    const texts = Array.isArray(parts) ? parts.map(objectIn).filter((part) => part['thought'] !== true) : []
    reading.text += texts.map((part) => textIn(part['text'])).join('')
    reading.model ||= textIn(answer['modelVersion'])
    if (answer['usageMetadata']) reading.usage = usageOf(answer['usageMetadata'])
    const { blockReason } = objectIn(answer['promptFeedback'])
    if (candidate['finishReason'] || blockReason) reading.isWhole = true
    if (blockReason || filters.test(textIn(candidate['finishReason']))) reading.isFiltered = true
  },
}

interface UsageMetadata {
  readonly promptTokenCount?: number
  readonly toolUsePromptTokenCount?: number
  readonly candidatesTokenCount?: number
  readonly thoughtsTokenCount?: number
  readonly cachedContentTokenCount?: number
}

/** Thoughts are paid as output, and counted apart. */
function usageOf(usage: UsageMetadata): ReturnType<typeof known> {
  const { promptTokenCount: prompt, candidatesTokenCount: candidates, thoughtsTokenCount: thoughts } = usage
  return known({
    inputTokens: prompt === undefined ? undefined : prompt + (usage.toolUsePromptTokenCount ?? 0),
    outputTokens: candidates === undefined && thoughts === undefined ? undefined : (candidates ?? 0) + (thoughts ?? 0),
    cachedInputTokens: usage.cachedContentTokenCount,
    reasoningTokens: thoughts,
  })
}
