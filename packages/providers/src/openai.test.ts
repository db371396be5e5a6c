import type { Message } from '@evals/core'
import { languageModelContract, type SentParameters } from '@evals/core/testing'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openai } from './openai.ts'
import { answering } from './openai/answering-server.test-support.ts'
import { useModelServers } from './vendor/model-servers.test-support.ts'
import { present } from './vendor/present.test-support.ts'

const servers = useModelServers()

interface ChatBody {
  readonly temperature?: number
  readonly top_p?: number
  readonly max_completion_tokens?: number
  readonly seed?: number
  readonly stop?: readonly string[]
}

interface ResponsesBody {
  readonly temperature?: number
  readonly top_p?: number
  readonly max_output_tokens?: number
}

describe('chat completions', () => {
  const contract = languageModelContract(() => ({
    server: servers.server,
    recorder: servers.recorder,
    open: ({ url, apiKey }) => openai('gpt-5-mini', { baseURL: `${url}/v1`, apiKey }),
    parametersOf: ({ temperature, top_p: topP, max_completion_tokens: maxOutputTokens, seed, stop }: ChatBody) =>
      present({ temperature, topP, maxOutputTokens, seed, stop }) satisfies SentParameters,
  }))
  test.for(contract)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

describe('responses', () => {
  const contract = languageModelContract(() => ({
    server: servers.server,
    recorder: servers.recorder,
    lacks: ['stop', 'seed', 'audio'],
    open: ({ url, apiKey }) => openai.responses('gpt-5-mini', { baseURL: `${url}/v1`, apiKey }),
    parametersOf: ({ temperature, top_p: topP, max_output_tokens: maxOutputTokens }: ResponsesBody) =>
      present({ temperature, topP, maxOutputTokens }) satisfies SentParameters,
  }))
  test.for(contract)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

describe('key and address', () => {
  test('the key is read at the first call, and named where it is missing', async () => {
    vi.stubEnv('OPENAI_API_KEY', '')
    vi.stubEnv('OPENAI_BASE_URL', `${servers.server.url}/v1`)
    onTestFinished(() => void vi.unstubAllEnvs())
    await servers.server.configure({ apiKey: 'sk-from-the-environment' })
    onTestFinished(() => servers.server.configure({}))
    const models = [openai('gpt-5-mini'), openai.responses('gpt-5-mini')]
    for (const model of models) {
      await expect(model.generate('echo: Paris')).rejects.toMatchObject({
        code: 'EVALS_MODEL_KEY_MISSING',
        message: expect.stringContaining('OPENAI_API_KEY'),
      })
    }
    vi.stubEnv('OPENAI_API_KEY', 'sk-from-the-environment')
    for (const model of models) expect((await model.generate('echo: Paris')).text).toBe('Paris')
  })

  test("a server's error does not give the key away", async () => {
    const apiKey = 'sk-0123456789abcdef'
    const { url } = await answering(401, { error: { message: `Invalid key: ${apiKey}`, code: 'invalid_api_key' } })
    const error = await openai('m', { baseURL: url, apiKey })
      .generate('hello')
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'EVALS_MODEL_KEY_INVALID',
      message: expect.stringContaining('Invalid key: ***'),
      cause: { error: { message: 'Invalid key: ***' } },
    })
  })

  test('headers of the options are sent', async () => {
    const { url, requests } = await answering(400, { error: { message: 'no' } })
    const options = { baseURL: url, apiKey: 'k', headers: { 'x-team': 'evals' } }
    await expect(openai('m', options).generate('hello')).rejects.toMatchObject({ code: 'EVALS_MODEL_REQUEST_INVALID' })
    expect(requests[0]?.headers).toMatchObject({ 'x-team': 'evals', authorization: 'Bearer k' })
  })
})

describe('embeddings', () => {
  test('come in the order of their texts, with what they cost', async () => {
    const model = openai.embeddings('text-embedding-3-small', { baseURL: `${servers.server.url}/v1`, apiKey: 'k' })
    const { vectors, usage, ...rest } = await model.embed(['one', 'two', 'one'], { dimensions: 8 })
    expect(vectors.map((vector) => vector.length)).toEqual([8, 8, 8])
    expect(vectors[0]).toEqual(vectors[2])
    expect(vectors[0]).not.toEqual(vectors[1])
    expect(usage).toEqual({ inputTokens: 3 })
    expect(rest).toEqual({ model: 'openai:text-embedding-3-small', requestId: expect.any(String) })
    expect((await model.embed(['one'])).vectors[0]).toHaveLength(64)
  })

  test('none are asked for where there is no text', async () => {
    await servers.server.reset()
    const model = openai.embeddings('m', { baseURL: `${servers.server.url}/v1`, apiKey: 'k' })
    expect(await model.embed([])).toEqual({ vectors: [], usage: {}, model: 'openai:m' })
    expect((await servers.server.stats()).requests).toBe(0)
  })

  test.for([null, {}])('come with a usage of %j too, and then nobody knows how many tokens', async (usage) => {
    const { url, requests } = await answering(200, { data: [{ index: 0, embedding: [0.5, 0.25] }], model: 'm', usage })
    const answer = await openai.embeddings('m', { baseURL: url, apiKey: 'k' }).embed(['one'])
    expect(answer).toMatchObject({ vectors: [[0.5, 0.25]] })
    expect(answer.usage).toEqual({})
    expect(requests).toHaveLength(1)
  })

  test('too few of them are an answer that cannot be read', async () => {
    const { url, requests } = await answering(200, { data: [{ index: 0, embedding: 'AACAPw==' }], model: 'm' })
    const model = openai.embeddings('m', { baseURL: url, apiKey: 'k' })
    await expect(model.embed(['one', 'two'])).rejects.toMatchObject({ code: 'EVALS_MODEL_ANSWER_INVALID' })
    expect(requests).toHaveLength(6)
    expect((await model.embed(['one'])).vectors).toEqual([[1]])
  })
})

test('reasoning and options of the provider go into the body as they are', async () => {
  const { url, requests } = await answering(400, { error: { message: 'no' } })
  const options = { reasoning: 'low', providerOptions: { service_tier: 'flex' } } as const
  for (const model of [
    openai('m', { baseURL: url, apiKey: 'k' }),
    openai.responses('m', { baseURL: url, apiKey: 'k' }),
  ]) {
    await expect(model.generate('hello', options)).rejects.toMatchObject({ code: 'EVALS_MODEL_REQUEST_INVALID' })
  }
  expect(requests.map(({ body }) => body)).toMatchObject([
    { model: 'm', reasoning_effort: 'low', service_tier: 'flex', messages: [{ role: 'user', content: 'hello' }] },
    { model: 'm', reasoning: { effort: 'low' }, service_tier: 'flex', input: [{ role: 'user', content: 'hello' }] },
  ])
})

test('an address stands for an image, and for a file where the API fetches it', async () => {
  const { url, requests } = await answering(400, { error: { message: 'no' } })
  const chat = openai('m', { baseURL: url, apiKey: 'k' })
  const responses = openai.responses('m', { baseURL: url, apiKey: 'k' })
  const address = 'https://example.com/a'
  const prompt = (type: 'image' | 'file' | 'audio', mediaType: string): Message[] => [
    { role: 'user', content: [{ type, data: address, mediaType }] },
  ]
  const refused = { code: 'EVALS_MODEL_REQUEST_INVALID' }
  const missing = { code: 'EVALS_MODEL_CAPABILITY_MISSING' }
  await expect(chat.generate(prompt('image', 'image/png'))).rejects.toMatchObject(refused)
  await expect(responses.generate(prompt('image', 'image/png'))).rejects.toMatchObject(refused)
  await expect(responses.generate(prompt('file', 'application/pdf'))).rejects.toMatchObject(refused)
  await expect(chat.generate(prompt('file', 'application/pdf'))).rejects.toMatchObject(missing)
  await expect(chat.generate(prompt('audio', 'audio/wav'))).rejects.toMatchObject(missing)
  expect(requests.map(({ body }) => body)).toMatchObject([
    { messages: [{ content: [{ type: 'image_url', image_url: { url: address } }] }] },
    { input: [{ content: [{ type: 'input_image', image_url: address }] }] },
    { input: [{ content: [{ type: 'input_file', file_url: address }] }] },
  ])
})
