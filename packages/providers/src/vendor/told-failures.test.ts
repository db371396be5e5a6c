import { createOpenAI } from '@ai-sdk/openai'
import { describe, expect, test } from 'vitest'
import { aiSdk } from '../ai-sdk.ts'
import { anthropic } from '../anthropic.ts'
import { ollama } from '../ollama.ts'
import { answering } from '../openai/answering-server.test-support.ts'
import { openai } from '../openai.ts'
import { recordOf } from './record-of.test-support.ts'

const apiKey = 'sk-of-the-test'

const calls: Readonly<Record<string, (baseURL: string) => Promise<unknown>>> = {
  'chat completions': (baseURL) => openai('m', { apiKey, baseURL }).generate('q'),
  responses: (baseURL) => openai.responses('m', { apiKey, baseURL }).generate('q'),
  embeddings: (baseURL) => openai.embeddings('m', { apiKey, baseURL }).embed(['q']),
  anthropic: (baseURL) => anthropic('m', { apiKey, baseURL }).generate('q'),
  ollama: (baseURL) => ollama('m', { apiKey, baseURL }).generate('q'),
}

const aiSdkCall = (baseURL: string): Promise<unknown> =>
  aiSdk(createOpenAI({ apiKey, baseURL }).chat('m')).generate('q')

test.each(Object.entries(calls))(
  'a call of %s tells the words of an error that comes with status 200, without the key',
  async (_, call) => {
    const { url } = await answering(200, { error: { message: `no credits are left for ${apiKey}` } })
    const record = await recordOf(() => call(url))
    expect(record.error).toMatchObject({
      code: 'EVALS_MODEL_ANSWER_INVALID',
      message: expect.stringContaining('no credits are left for ***'),
    })
    expect(JSON.stringify(record)).not.toContain(apiKey)
  },
)

describe.each(Object.entries({ ...calls, 'the AI SDK': aiSdkCall }))('a call of %s', (_, call) => {
  test.for([
    [502, 'EVALS_MODEL_UNAVAILABLE'],
    [200, 'EVALS_MODEL_ANSWER_INVALID'],
  ] as const)("shows the beginning of a proxy's page of status %i", async ([status, code]) => {
    const page = `<html>${'<p>Bad gateway</p>'.repeat(1000)}${apiKey}</html>`
    const { url } = await answering(status, page, 'text/html')
    const record = await recordOf(() => call(url))
    expect(record.error).toMatchObject({ code })
    expect(record.error?.attempts).toHaveLength(5)
    expect(JSON.stringify(record).length).toBeLessThan(page.length * 2)
  })
})
