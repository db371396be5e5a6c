import { createOpenAI } from '@ai-sdk/openai'
import { useRequestEngine } from '@evals/core'
import { languageModelContract, unlimited } from '@evals/core/testing'
import { describe, expect, test } from 'vitest'
import { aiSdk } from './ai-sdk.ts'
import { transportFetch } from './transport/transport-fetch.ts'
import { useModelServers } from './vendor/model-servers.test-support.ts'
import { present } from './vendor/present.test-support.ts'

const servers = useModelServers()

interface Sent {
  readonly temperature?: number
  readonly top_p?: number
  readonly max_tokens?: number
  readonly seed?: number
  readonly stop?: string[]
}

describe.for([
  ["with the package's fetch", { fetch: transportFetch }],
  ["with Node's fetch", {}],
] as const)('contract, %s', ([, settings]) => {
  test.for(
    languageModelContract(() => ({
      server: servers.server,
      recorder: servers.recorder,
      open: ({ url, apiKey }) =>
        aiSdk(createOpenAI({ ...settings, baseURL: `${url}/v1`, apiKey }).chat('gpt-4.1-mini')),
      parametersOf: ({ temperature, top_p: topP, max_tokens: maxOutputTokens, seed, stop }: Sent) =>
        present({ temperature, topP, maxOutputTokens, seed, stop }),
    })),
  )('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

test('models of other APIs, too: responses', async () => {
  useRequestEngine({ limiter: unlimited })
  await servers.server.configure({})
  const responses = aiSdk(createOpenAI({ baseURL: `${servers.server.url}/v1`, apiKey: 'k' }).responses('gpt-4.1-mini'))
  expect(responses).toMatchObject({ provider: 'openai', modelId: 'gpt-4.1-mini' })
  expect(await responses.generate('echo: Paris', { seed: 1 })).toMatchObject({
    text: 'Paris',
    model: 'openai:gpt-4.1-mini',
    finishReason: 'stop',
    usage: { inputTokens: 3, outputTokens: 2 },
    requestId: expect.any(String),
    raw: { warnings: [{ type: 'unsupported', feature: 'seed' }] },
  })
  const chunks = await Array.fromAsync(responses.stream('words: 3'))
  expect(chunks.length).toBeGreaterThan(2)
  expect(chunks.at(-1)).toMatchObject({ type: 'response', response: { finishReason: 'stop' } })
})
