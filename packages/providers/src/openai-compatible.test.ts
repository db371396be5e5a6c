import { languageModelContract, type SentParameters } from '@evals/core/testing'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openaiCompatible } from './openai-compatible.ts'
import { presets } from './openai-compatible/presets.ts'
import { answering, eventStream } from './openai/answering-server.test-support.ts'
import { useModelServers } from './vendor/model-servers.test-support.ts'
import { present } from './vendor/present.test-support.ts'

const servers = useModelServers()

interface ChatBody {
  readonly temperature?: number
  readonly top_p?: number
  readonly max_tokens?: number
  readonly seed?: number
  readonly stop?: readonly string[]
}

describe('contract', () => {
  const contract = languageModelContract(() => ({
    server: servers.server,
    recorder: servers.recorder,
    lacks: ['file'],
    open: ({ url, apiKey }) => openaiCompatible('qwen3', { provider: 'vllm', baseURL: `${url}/v1`, apiKey }),
    parametersOf: ({ temperature, top_p: topP, max_tokens: maxOutputTokens, seed, stop }: ChatBody) =>
      present({ temperature, topP, maxOutputTokens, seed, stop }) satisfies SentParameters,
  }))
  test.for(contract)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})

describe('address and key', () => {
  test.for(Object.entries(presets))('%s says where its key comes from', async ([provider, preset]) => {
    const { url, requests } = await answering(400, { error: { message: 'no' } })
    for (const name of ['API_KEY', 'API_TOKEN', 'TOKEN']) vi.stubEnv(preset.variable.replace(/API_KEY$/, name), '')
    vi.stubEnv(preset.variable.replace(/(?:API_KEY|API_TOKEN|TOKEN)$/, 'BASE_URL'), url)
    onTestFinished(() => void vi.unstubAllEnvs())
    const model = openaiCompatible('m', { provider })
    const refused = { code: 'EVALS_MODEL_REQUEST_INVALID' }
    const missing = { code: 'EVALS_MODEL_KEY_MISSING', message: expect.stringContaining(preset.variable) }
    await expect(model.generate('hello')).rejects.toMatchObject(preset.needsKey ? missing : refused)
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(preset.needsKey ? [] : [undefined])
    vi.stubEnv(preset.variable, 'k-1')
    await expect(openaiCompatible('m', { provider }).generate('hello')).rejects.toMatchObject(refused)
    expect(requests.at(-1)?.headers).toMatchObject({ authorization: 'Bearer k-1' })
    expect(requests.at(-1)?.path).toBe('/chat/completions')
  })

  test('a server of your own needs an address, and no key', async () => {
    expect(() => openaiCompatible('m', { provider: 'mine' })).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_INVALID', message: expect.stringContaining('vllm') }),
    )
    const baseURL = `${servers.server.url}/v1`
    const model = openaiCompatible('m', { provider: 'mine', baseURL })
    expect(await model.generate('echo: hello')).toMatchObject({ text: 'hello', model: 'mine:m' })
    vi.stubEnv('MY_KEY', '')
    onTestFinished(() => void vi.unstubAllEnvs())
    const guarded = openaiCompatible('m', { provider: 'mine', baseURL, apiKeyVariable: 'MY_KEY' })
    await expect(guarded.generate('hello')).rejects.toMatchObject({
      code: 'EVALS_MODEL_KEY_MISSING',
      message: expect.stringContaining('MY_KEY'),
    })
  })

  test("an account's own address has to be given", async () => {
    vi.stubEnv('AZURE_OPENAI_BASE_URL', '')
    onTestFinished(() => void vi.unstubAllEnvs())
    await expect(openaiCompatible('m', { provider: 'azure', apiKey: 'k' }).generate('hello')).rejects.toMatchObject({
      code: 'EVALS_OPTION_INVALID',
      message: expect.stringContaining('AZURE_OPENAI_BASE_URL'),
    })
  })

  test("variables of OpenAI's own do not reach others", async () => {
    const { url, requests } = await answering(400, { error: { message: 'no' } })
    vi.stubEnv('OPENAI_ORG_ID', 'org-secret')
    vi.stubEnv('OPENAI_PROJECT_ID', 'project-secret')
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Gateway-Token: secret\nauthorization: Bearer secret')
    onTestFinished(() => void vi.unstubAllEnvs())
    const model = openaiCompatible('m', { provider: 'groq', baseURL: url, apiKey: 'k' })
    await expect(model.generate('hello')).rejects.toMatchObject({ code: 'EVALS_MODEL_REQUEST_INVALID' })
    expect(JSON.stringify(requests[0])).not.toContain('secret')
    expect(requests[0]?.headers.authorization).toBe('Bearer k')
  })

  test('an address that is empty is none, and not that of OpenAI', async () => {
    expect(() => openaiCompatible('m', { provider: 'mine', baseURL: '', apiKey: 'k' })).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_INVALID' }),
    )
    const azure = openaiCompatible('m', { provider: 'azure', baseURL: '', apiKey: 'k' })
    await expect(azure.generate('hello')).rejects.toMatchObject({ code: 'EVALS_OPTION_INVALID' })
    const { url, requests } = await answering(200, completion({ content: 'hi' }))
    vi.stubEnv('GROQ_BASE_URL', url)
    onTestFinished(() => void vi.unstubAllEnvs())
    await openaiCompatible('m', { provider: 'groq', baseURL: '', apiKey: 'k' }).generate('hello')
    expect(requests).toHaveLength(1)
  })
})

describe('dialects', () => {
  test('name settings as the server does', async () => {
    const { url, requests } = await answering(200, eventStream(textChunk, endChunk))
    const model = openaiCompatible('m', { provider: 'mistral', baseURL: url, apiKey: 'k' })
    await Array.fromAsync(model.stream('hello', { seed: 3, maxOutputTokens: 9 }))
    expect(requests[0]?.body).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'hello' }],
      stream: true,
      random_seed: 3,
      max_tokens: 9,
    })
  })

  test('where a schema cannot be sent it is told', async () => {
    const { url, requests } = await answering(200, completion({ content: '{"a":1}' }))
    const model = openaiCompatible('m', { provider: 'deepseek', baseURL: url, apiKey: 'k' })
    const schema = { type: 'object', properties: { a: { type: 'number' } } }
    expect((await model.generate('hello', { schema })).object).toEqual({ a: 1 })
    expect(requests[0]?.body).toMatchObject({
      response_format: { type: 'json_object' },
      messages: [{ role: 'system', content: expect.stringContaining(JSON.stringify(schema)) }, { content: 'hello' }],
    })
  })

  test('can be changed', async () => {
    const { url, requests } = await answering(200, completion({ content: 'hi' }))
    const dialect = { maxTokens: 'max_completion_tokens', takesFiles: true } as const
    const model = openaiCompatible('m', { provider: 'mine', baseURL: url, dialect })
    const file = { type: 'file', data: 'AAAA', mediaType: 'text/plain' } as const
    await model.generate([{ role: 'user', content: [file] }], { maxOutputTokens: 9 })
    expect(requests[0]?.body).toMatchObject({
      max_completion_tokens: 9,
      messages: [{ content: [{ file: { filename: 'file.txt', file_data: 'data:text/plain;base64,AAAA' } }] }],
    })
  })
})

test('embeddings go the same way', async () => {
  const options = { provider: 'vllm', baseURL: `${servers.server.url}/v1` }
  const { vectors, model } = await openaiCompatible.embeddings('bge', options).embed(['one', 'two'])
  expect(vectors).toHaveLength(2)
  expect(model).toBe('vllm:bge')
})

const textChunk = { id: 'c', model: 'm', choices: [{ index: 0, delta: { content: 'hi' }, finish_reason: null }] }
const endChunk = { id: 'c', model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }

function completion(message: object): object {
  return { id: 'c', model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }] }
}
