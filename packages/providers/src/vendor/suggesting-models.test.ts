import { useRequestEngine, type LanguageModel } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { anthropic } from '../anthropic.ts'
import { ollama } from '../ollama.ts'
import { openaiCompatible } from '../openai-compatible.ts'
import { bodyOf, startServer } from '../transport/http-server.test-support.ts'
import { recordOf } from './record-of.test-support.ts'

beforeEach(() => useRequestEngine({ limiter: unlimited }))

const names = ['sim-larger', 'sim-large', 'sim-small', 'another']
const lists = { openai: { data: names.map((id) => ({ id })) }, ollama: { models: names.map((name) => ({ name })) } }

/** A server that knows none of the models it is asked for; `list` is what it answers a GET. */
async function serve(list: { readonly status?: number; readonly body: unknown }) {
  const requests: string[] = []
  const { url } = await startServer((request, response) => {
    void bodyOf(request).then(() => {
      requests.push(`${request.method} ${request.url}`)
      const [status, body] =
        request.method === 'GET'
          ? [list.status ?? 200, list.body]
          : [404, { error: { message: 'no such model.', type: 'not_found_error' } }]
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
  })
  return { url, requests }
}

type Make = (modelId: string, baseURL: string) => LanguageModel
const makeOpenAI: Make = (modelId, baseURL) => openaiCompatible(modelId, { provider: 'mine', baseURL, apiKey: 'k' })

async function failureOf(model: LanguageModel): Promise<Error> {
  return model.generate('q').then(
    () => new RangeError('it was answered'),
    (error: Error) => error,
  )
}

describe('a model that the server does not know is told with near names', () => {
  test.for<[name: string, make: Make, list: unknown, path: string]>([
    ['openai', makeOpenAI, lists.openai, '/models'],
    ['anthropic', (id, baseURL) => anthropic(id, { baseURL, apiKey: 'k' }), lists.openai, '/v1/models?limit=1000'],
    ['ollama', (id, baseURL) => ollama(id, { baseURL }), lists.ollama, '/api/tags'],
  ])('%s', async ([, make, list, path]) => {
    const { url, requests } = await serve({ body: list })
    const error = await failureOf(make('sim-larg', url))
    expect(error).toMatchObject({
      code: 'EVALS_MODEL_UNKNOWN',
      details: { status: 404 },
      message: expect.stringMatching(
        /does not know the model or address \(HTTP 404\): .*no such model.*; it has sim-large, sim-larger\. Check the model's name/,
      ),
    })
    expect(requests).toEqual([expect.stringContaining('POST '), `GET ${path}`])
  })
})

test('the server is asked once for a run, whatever the number of calls and models', async () => {
  const { url, requests } = await serve({ body: lists.openai })
  const ask = (): Promise<Error[]> => Promise.all(['sim-larg', 'sim-smal'].map((id) => failureOf(makeOpenAI(id, url))))
  const errors = [...(await ask()), ...(await ask())]
  expect(errors.map(({ message }) => /it has ([\w-]+)/.exec(message)?.[1])).toEqual([
    'sim-large',
    'sim-small',
    'sim-large',
    'sim-small',
  ])
  expect(requests.filter((request) => request.startsWith('GET'))).toHaveLength(1)
  useRequestEngine({ limiter: unlimited })
  await ask()
  expect(requests.filter((request) => request.startsWith('GET'))).toHaveLength(2)
})

test.for<[string, { readonly status?: number; readonly body: unknown }, string]>([
  ['a server without a list', { status: 500, body: 'no list' }, 'sim-larg'],
  ['a list that is none', { body: { ok: true } }, 'sim-larg'],
  ['a name that is near no other', { body: lists.openai }, 'gpt-5'],
  ['a name that is in the list', { body: lists.openai }, 'sim-large'],
])('%s leaves the error as it is', async ([, list, modelId]) => {
  const { url } = await serve(list)
  expect((await failureOf(makeOpenAI(modelId, url))).message).toBe(
    `mine:${modelId} does not know the model or address (HTTP 404): 404 no such model. Check the model's name and the base URL.`,
  )
})

test('asking for the list is no part of the call', async () => {
  const { url } = await serve({ status: 429, body: {} })
  const record = await recordOf(async () => makeOpenAI('sim-larg', url).generate('q'))
  expect(record).toMatchObject({
    outcome: 'error',
    error: { code: 'EVALS_MODEL_UNKNOWN' },
    calls: [{ retries: 0, costUsd: 0, error: { code: 'EVALS_MODEL_UNKNOWN' } }],
  })
  expect(record.calls).toHaveLength(1)
})
