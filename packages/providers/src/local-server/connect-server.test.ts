import { createCallCache, MemoryResponseCache, useRequestEngine } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { afterEach, expect, test } from 'vitest'
import { localServer, ollamaServe, vllm, type LocalServerSpec } from '../local-server.ts'
import { bodyOf, startServer } from '../transport/http-server.test-support.ts'

afterEach(() => useRequestEngine({ limiter: unlimited }))

const message = { role: 'assistant', content: 'yes' }
const answers = { chat: { choices: [{ message, finish_reason: 'stop' }] }, ollama: { model: 'm', message } }

test.for<[string, LocalServerSpec, string, object]>([
  ['vllm', vllm('m'), '/v1', answers.chat],
  ['ollama', ollamaServe('m'), '', answers.ollama],
])('%s on another port finds the answers of the run before; another spec does not', async ([, spec, path, answer]) => {
  useRequestEngine({
    limiter: unlimited,
    cache: createCallCache({ store: new MemoryResponseCache(), mode: 'on' }),
  })
  const asked: string[] = []
  /** One run: the server is on a port of its own. */
  const run = async (name: string, its: LocalServerSpec): Promise<void> => {
    const { url } = await startServer((request, response) => {
      void bodyOf(request).then(() => {
        asked.push(name)
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      })
    })
    const model = await localServer.connect({ baseURL: url + path }, its)
    expect((await model.generate('q')).text).toBe('yes')
  }
  await run('first', spec)
  await run('second', structuredClone(spec))
  await run('changed', { ...spec, env: { ...spec.env, SEED: '2' } })
  expect(asked).toEqual(['first', 'changed'])
})
