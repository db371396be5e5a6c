import { declaredRoles, useModelRoles, useRequestEngine } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { mock } from '../mock.ts'
import { bodyOf, startServer } from '../transport/http-server.test-support.ts'
import { model } from './model.ts'
import { registerProvider } from './providers.ts'

beforeEach(() => {
  useRequestEngine({ limiter: unlimited })
  registerProvider('echo', (modelId) => mock((prompt) => `${modelId} says ${String(prompt)}`, { modelId }))
})

afterEach(() => {
  useModelRoles({})
  vi.unstubAllEnvs()
})

async function answerOf(...name: Parameters<typeof model>): Promise<string> {
  return (await model(...name).generate('hi')).text
}

describe('by name', () => {
  test('a model is found when it is used; its own name may have colons', async () => {
    const found = model('later:llama:3b')
    expect(found).toMatchObject({ provider: 'later', modelId: 'llama:3b' })
    const made: string[] = []
    registerProvider('later', async (modelId) => {
      made.push(modelId)
      return mock(['a', 'b', 'c'])
    })
    expect((await found.generate('q')).text).toBe('a')
    expect(await Array.fromAsync(found.stream('q'))).toMatchObject([{ type: 'text', text: 'b' }, { type: 'response' }])
    expect(made).toEqual(['llama:3b'])
  })

  test('calls at the same time share one model', async () => {
    let made = 0
    registerProvider('once', async () => {
      made += 1
      return mock(['a', 'b'])
    })
    const found = model('once:m')
    await Promise.all([found.generate('q'), found.generate('q')])
    expect(made).toBe(1)
  })

  const message = { role: 'assistant', content: 'yes' }
  const chat = { choices: [{ message, finish_reason: 'stop' }] }

  test.each([
    ['anthropic', 'ANTHROPIC_BASE_URL', '/v1/messages', { content: [{ type: 'text', text: 'yes' }], usage: {} }],
    ['ollama', 'OLLAMA_HOST', '/api/chat', { model: 'm', message }],
    ['openai', 'OPENAI_BASE_URL', '/chat/completions', chat],
    ['groq', 'GROQ_BASE_URL', '/chat/completions', chat],
  ])('%s is known', async (provider, variable, path, answer) => {
    const asked: unknown[] = []
    const { url } = await startServer((request, response) => {
      void bodyOf(request).then((body) => {
        asked.push([request.url, (JSON.parse(body) as { model: string }).model])
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      })
    })
    vi.stubEnv(variable, url)
    vi.stubEnv(`${provider.toUpperCase()}_API_KEY`, 'sk-test')
    expect(await answerOf(`${provider}:some-model`)).toBe('yes')
    expect(asked).toEqual([[path, 'some-model']])
  })

  test('an unknown provider is told with the names that are near', async () => {
    await expect(answerOf('opnai:gpt-5')).rejects.toMatchObject({
      code: 'EVALS_PROVIDER_UNKNOWN',
      message: expect.stringMatching(/^No provider is called "opnai"\. Did you mean "openai"\? Known are .*echo.*groq/),
      details: { provider: 'opnai', near: ['openai'], known: expect.arrayContaining(['anthropic', 'groq', 'echo']) },
    })
    await expect(answerOf('bedrock:m')).rejects.toMatchObject({
      message: expect.stringMatching(/^No provider is called "bedrock"\. Known are /),
    })
    await expect(Array.fromAsync(model('opnai:gpt-5').stream('q'))).rejects.toMatchObject({
      code: 'EVALS_PROVIDER_UNKNOWN',
    })
  })

  test('a provider that is registered after the first call counts from then on', async () => {
    const found = model('tardy:m')
    await expect(found.generate('q')).rejects.toMatchObject({ code: 'EVALS_PROVIDER_UNKNOWN' })
    registerProvider('tardy', () => mock(['a']))
    expect((await found.generate('q')).text).toBe('a')
  })

  test.each([
    [':m', { provider: '', modelId: 'm' }],
    ['openai:', { provider: 'openai', modelId: '' }],
    ['openai: ', { provider: 'openai', modelId: '' }],
  ])('%j is no name, which is said when it is called', async (name, parts) => {
    expect(model(name)).toMatchObject(parts)
    await expect(answerOf(name)).rejects.toMatchObject({
      code: 'EVALS_PROVIDER_UNKNOWN',
      message: expect.stringContaining('named "provider:model"'),
    })
  })

  test.each(['', 'a:b', 'a b'])('nobody is called %j', (name) => {
    expect(() => registerProvider(name, () => mock([]))).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_INVALID' }),
    )
  })
})

describe('by role', () => {
  test('the declared model plays it, unless it is re-pointed, also between two calls', async () => {
    const judge = model('judge', 'echo:one')
    expect(judge).toMatchObject({ provider: 'echo', modelId: 'one' })
    expect((await judge.generate('hi')).text).toBe('one says hi')
    useModelRoles({ judge: 'echo:two', default: 'echo:three' })
    expect(judge).toMatchObject({ provider: 'echo', modelId: 'two' })
    expect((await judge.generate('hi')).text).toBe('two says hi')
    useModelRoles({ default: 'echo:three' })
    expect((await judge.generate('hi')).text).toBe('one says hi')
  })

  test('it is declared by that, whether it is used or not; a model by its name is no role', () => {
    model('writer', 'echo:one')
    model('critic')
    model('echo:one')
    expect(declaredRoles()).toEqual(expect.arrayContaining(['critic', 'writer']))
    expect(declaredRoles()).not.toContain('echo:one')
  })

  test('a model may be declared as such', async () => {
    const own = mock(['mine'], { modelId: 'own' })
    expect(model('judge', own)).toMatchObject({ provider: 'mock', modelId: 'own' })
    expect(await answerOf('judge', own)).toBe('mine')
    useModelRoles({ judge: 'echo:two' })
    expect(await answerOf('judge', own)).toBe('two says hi')
  })

  test('the default plays a role that is declared without a model', async () => {
    useModelRoles({ default: 'echo:three' })
    expect(await answerOf('judge')).toBe('three says hi')
    expect(await answerOf('default', 'echo:one')).toBe('three says hi')
  })

  test('a role that nobody plays says how to fill it', async () => {
    expect(model('judge')).toMatchObject({ provider: 'role', modelId: 'judge' })
    await expect(answerOf('judge')).rejects.toMatchObject({
      code: 'EVALS_PROVIDER_UNKNOWN',
      message: expect.stringContaining('"judge=openai:gpt-5"'),
      details: { role: 'judge' },
    })
  })
})
