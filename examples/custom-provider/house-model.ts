import { createModelResponse, defineModel } from '@evals/core'
import { transportFetch, type LanguageModel, type Message } from '@evals/providers'

/** The model behind a house server: one attempt at a call. Limits, retries, timeouts, cache and records come on top. */
export function houseModel({ modelId, url }: { readonly modelId: string; readonly url: string }): LanguageModel {
  return defineModel({
    provider: 'house',
    modelId,
    // US dollars for a million tokens; without it costs are unknown.
    price: { input: 1, output: 2 },
    // Each machine has limits of its own.
    account: () => url,
    async generate(prompt, { signal }) {
      const say = typeof prompt === 'string' ? prompt : prompt.map(textOf).join('\n')
      // What it sees of the request decides whether that is made again, and when.
      const response = await transportFetch(url, { method: 'POST', body: JSON.stringify({ say }), signal })
      if (!response.ok) throw new Error(await response.text())
      const { said, words } = (await response.json()) as HouseAnswer
      const usage = { inputTokens: words.read, outputTokens: words.written }
      return createModelResponse({ text: said, model: `house:${modelId}`, usage })
    },
  })
}

interface HouseAnswer {
  readonly said: string
  readonly words: { readonly read: number; readonly written: number }
}

function textOf({ content }: Message): string {
  if (typeof content === 'string') return content
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('')
}
