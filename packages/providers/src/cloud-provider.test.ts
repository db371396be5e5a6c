import {
  connectEndpoints,
  defineModelProvider,
  EvalsError,
  useRequestEngine,
  type LanguageModel,
  type SetupContext,
} from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deployment } from '../../../fixtures/fake-cloud/deployment.ts'
import { startFakeCloud, type FakeCloud } from '../../../fixtures/fake-cloud/start-fake-cloud.ts'
import { openaiCompatible } from './openai-compatible.ts'

const apiKey = 'cloud-key-0123456789'
const coldStartMs = 60
let cloud: FakeCloud

beforeAll(async () => {
  cloud = await startFakeCloud({ apiKey, coldStartMs })
})
afterAll(() => cloud[Symbol.asyncDispose]())

interface CloudSpec {
  readonly model: string
  readonly replicas: number
}

/** What a user writes for a cloud of theirs: rent, wait for the cold start, return. */
const cloudProvider = defineModelProvider<CloudSpec>({
  name: 'fake-cloud',
  module: import.meta.url,
  async setup(spec, { signal, log }) {
    const { id } = await ask<Deployment>('POST', '/deployments', { ...spec })
    const dispose = async (): Promise<void> => {
      await ask('DELETE', `/deployments/${id}`)
    }
    try {
      const endpoints = await coldStart(id, { signal, log })
      return { endpoints, dispose }
    } catch (error) {
      await dispose()
      throw error
    }
  },
  connect: ({ baseURL, modelId = '', apiKey: key = '' }) =>
    openaiCompatible(modelId, { provider: 'fake-cloud', baseURL, apiKey: key }),
})

async function coldStart(id: string, { signal, log }: SetupContext): Promise<{ baseURL: string }[]> {
  while (true) {
    const { model, wanted, replicas } = await ask<Deployment>('GET', `/deployments/${id}`)
    log(`${replicas.length} of ${wanted} replicas`)
    if (replicas.length === wanted) {
      return replicas.map(({ url }) => ({ baseURL: `${url}/v1`, modelId: model, apiKey }))
    }
    await sleep(20, undefined, { signal })
  }
}

async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(cloud.url + path, {
    method,
    headers: { authorization: `Bearer ${apiKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new EvalsError('EVALS_PROVIDER_FAILED', text)
  return JSON.parse(text) as Answer
}

const spec: CloudSpec = { model: 'sim-large', replicas: 3 }

test('a provider of a cloud waits for its cold start, and its replicas form a pool', async () => {
  useRequestEngine({ limiter: unlimited })
  const lines: string[] = []
  const startedAt = performance.now()
  const { signal } = new AbortController()
  const { endpoints, dispose } = await cloudProvider.setup(spec, { signal, log: (line) => lines.push(line) })
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(3 * coldStartMs)
  expect([lines[0], lines.at(-1)]).toEqual(['0 of 3 replicas', '3 of 3 replicas'])
  const model = await connectEndpoints(endpoints, (endpoint) => cloudProvider.connect(endpoint, spec))
  expect(model).toMatchObject({ provider: 'fake-cloud', modelId: 'sim-large' })

  const first = await askMany(model, 30)
  expect(first).toHaveLength(30)
  expect(await served(endpoints)).toEqual([10, 10, 10])

  // One dies while calls are on their way to it, and nobody notices.
  const asking = askMany(model, 60)
  const [{ id }] = (await ask<Deployment[]>('GET', '/deployments')) as [Deployment]
  await ask('POST', `/deployments/${id}/kill?replica=1`)
  const more = [...(await asking), ...(await askMany(model, 30))]
  expect(more).toHaveLength(90)
  expect(new Set(more.map((text) => text.length > 0))).toEqual(new Set([true]))

  await dispose()
  expect(await ask('GET', '/deployments')).toEqual([])
})

test('a cold start that is cancelled leaves nothing rented', async () => {
  const controller = new AbortController()
  const reason = new Error('the run was cancelled')
  const log = (): void => controller.abort(reason)
  const setup = cloudProvider.setup({ ...spec, replicas: 100 }, { signal: controller.signal, log })
  await expect(setup).rejects.toMatchObject({ name: 'AbortError', cause: reason })
  expect(await ask('GET', '/deployments')).toEqual([])
})

async function askMany(model: LanguageModel, times: number): Promise<string[]> {
  const calls = Array.from({ length: times }, (_, call) => model.generate(`What is ${call} + ${call}?`))
  return (await Promise.all(calls)).map(({ text }) => text)
}

/** How many calls each endpoint has answered. */
function served(endpoints: readonly { readonly baseURL: string }[]): Promise<number[]> {
  return Promise.all(
    endpoints.map(async ({ baseURL }) => {
      const stats = (await (await fetch(new URL('/stats', baseURL))).json()) as { answered: number }
      return stats.answered
    }),
  )
}
