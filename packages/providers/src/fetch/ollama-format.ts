import type { Usage } from '@evals/core'
import { known } from '../openai/usage.ts'
import { objectIn, textIn, type JsonObject, type WireFormat } from './wire-format.ts'

/** Chat, generate and embeddings of Ollama's own API. */
export const ollamaApi: WireFormat = {
  provider: 'ollama',
  path: /\/api\/(?:chat|generate|embed|embeddings)$/,
  maxOutputTokensOf: (body) => ('input' in body ? 0 : objectIn(body['options'])['num_predict']),
  read(answer, reading) {
    reading.model ||= textIn(answer['model'])
    reading.text += textIn(objectIn(answer['message'])['content'] ?? answer['response'])
    reading.usage = { ...reading.usage, ...usageOf(answer) }
    if (answer['done'] === true) reading.isOver = true
    if (reading.isOver || 'embeddings' in answer || 'embedding' in answer) reading.isWhole = true
  },
}

function usageOf({ prompt_eval_count: input, eval_count: output }: JsonObject): Usage {
  return known({
    inputTokens: typeof input === 'number' ? input : undefined,
    outputTokens: typeof output === 'number' ? output : undefined,
    cachedInputTokens: undefined,
    reasoningTokens: undefined,
  })
}
