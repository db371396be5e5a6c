import { expect, test } from 'vitest'
import { connectEndpoints } from './connect-endpoints.ts'
import { createModelResponse, type LanguageModel } from './language-model.ts'
import { defineModelProvider, isModelProvider, type Endpoint } from './model-provider.ts'

const definition = {
  name: 'cloud',
  module: import.meta.url,
  setup: async (spec: { replicas: number }) => ({
    endpoints: Array.from({ length: spec.replicas }, (_, replica) => ({ baseURL: `http://replica-${replica}` })),
    dispose: () => {},
  }),
  connect: ({ baseURL }: Endpoint): LanguageModel => ({
    provider: 'cloud',
    modelId: baseURL,
    generate: async () => createModelResponse({ text: baseURL, model: 'cloud:m' }),
    async *stream() {},
  }),
}

test('a provider is what it was defined as, and recognised', () => {
  const provider = defineModelProvider(definition)
  const { name, module, setup } = definition
  expect(provider).toMatchObject({ name, module, setup })
  expect(isModelProvider(provider)).toBe(true)
  expect([definition, null, undefined, 'cloud', {}].map(isModelProvider)).toEqual([false, false, false, false, false])
})

test.for(['', 'cloud.ts', './cloud.ts'])('its module must be a URL, not %j', (module) => {
  expect(() => defineModelProvider({ ...definition, module })).toThrow(
    expect.objectContaining({ code: 'EVALS_OPTION_INVALID', message: expect.stringContaining('import.meta.url') }),
  )
})

test('an endpoint is known to the cache by provider and spec, whatever its address', () => {
  const seen: (string | undefined)[] = []
  const { connect } = defineModelProvider<{ replicas: number }>({
    ...definition,
    connect(endpoint) {
      seen.push(endpoint.cacheIdentity)
      return definition.connect(endpoint)
    },
  })
  void connect({ baseURL: 'http://127.0.0.1:1' }, { replicas: 1 })
  void connect({ baseURL: 'http://127.0.0.1:2' }, { replicas: 1 })
  void connect({ baseURL: 'http://127.0.0.1:2' }, { replicas: 2 })
  void connect({ baseURL: 'http://127.0.0.1:2', cacheIdentity: 'mine' }, { replicas: 2 })
  expect(seen).toEqual([
    expect.stringMatching(/^cloud [0-9a-f]{64}$/),
    seen[0],
    expect.not.stringMatching(seen[0]!),
    'mine',
  ])
})

test('its endpoints become one model', async () => {
  const { setup, connect } = defineModelProvider(definition)
  const context = { signal: new AbortController().signal, log: () => {} }
  const { endpoints } = await setup({ replicas: 2 }, context)
  const model = await connectEndpoints(endpoints, (endpoint) => connect(endpoint, { replicas: 2 }))
  const answers = [await model.generate('q'), await model.generate('q')]
  expect(answers.map(({ text }) => text).toSorted()).toEqual(['http://replica-0', 'http://replica-1'])
  await expect(connectEndpoints([], definition.connect)).rejects.toMatchObject({ code: 'EVALS_PROVIDER_FAILED' })
})
