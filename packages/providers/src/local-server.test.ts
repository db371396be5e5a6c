import { connectEndpoints, isModelProvider, useRequestEngine, type ModelCompute } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { llamaCpp, localServer, ollamaServe, vllm, type LocalServerSpec } from './local-server.ts'

const server = join(import.meta.dirname, '../../../fixtures/model-server/src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'evals-local-server-'))
const env = { PATH: [folder, process.env['PATH']].join(delimiter) }

/** Stands for a program that serves models: finds its port as the real one does, and becomes the simulated server. */
const program = `#!/bin/sh
port="\${OLLAMA_HOST##*:}"
echo "$(basename "$0") $*"
while [ $# -gt 0 ]; do
  [ "$1" = --port ] && port="$2"
  shift
done
exec "${process.execPath}" "${server}" --port "$port" --options '{"models":["sim-large"]}'
`

beforeAll(() => {
  useRequestEngine({ limiter: unlimited })
  for (const name of ['vllm', 'llama-server', 'ollama']) {
    writeFileSync(join(folder, name), program)
    chmodSync(join(folder, name), 0o755)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const setUp = (spec: LocalServerSpec): Promise<ModelCompute> =>
  localServer.setup(spec, { signal: new AbortController().signal, log: () => {} })

test('is a provider that says where it is', () => {
  expect(isModelProvider(localServer)).toBe(true)
  expect(localServer).toMatchObject({
    name: 'local-server',
    module: new URL('./local-server.ts', import.meta.url).href,
  })
})

test.for([
  ['vllm:sim-large', vllm('sim-large', { env, args: ['--max-model-len', '8192'] })],
  ['llamaCpp:sim-large', llamaCpp('models/sim-large.gguf', { env, args: ['--parallel', '8'] })],
  ['ollama:sim-large', ollamaServe('sim-large', { env })],
] as const)('%s answers, at no cost for its tokens', async ([name, spec]) => {
  const { endpoints, dispose } = await setUp({ ...spec, readiness: { ...spec.readiness, intervalMs: 20 } })
  const model = await connectEndpoints(endpoints, (endpoint) => localServer.connect(endpoint, spec))
  expect(`${model.provider}:${model.modelId}`).toBe(name)
  const { text } = await model.generate('What is the capital of France?')
  expect(text).not.toBe('')
  await dispose()
})

test('presets are specs that can be changed', () => {
  expect(vllm('Qwen/Qwen3-8B', { args: ['--dtype', 'half'], port: 8000, replicas: 2, command: '/opt/vllm' })).toEqual({
    command: '/opt/vllm',
    args: ['serve', 'Qwen/Qwen3-8B', '--host', '127.0.0.1', '--port', '{port}', '--dtype', 'half'],
    readiness: { path: '/health' },
    modelId: 'Qwen/Qwen3-8B',
    provider: 'vllm',
    port: 8000,
    replicas: 2,
  })
  expect(llamaCpp('/models/qwen3-q4.gguf')).toEqual({
    command: 'llama-server',
    args: ['--model', '/models/qwen3-q4.gguf', '--alias', 'qwen3-q4', '--host', '127.0.0.1', '--port', '{port}'],
    readiness: { path: '/health' },
    modelId: 'qwen3-q4',
    provider: 'llamaCpp',
  })
  expect(ollamaServe('qwen3:8b', { env: { OLLAMA_MODELS: '/models' } })).toMatchObject({
    command: 'ollama',
    args: ['serve'],
    env: { OLLAMA_HOST: '127.0.0.1:{port}', OLLAMA_MODELS: '/models' },
    modelId: 'qwen3:8b',
    api: 'ollama',
  })
})

test('a model that Ollama does not have fails the set-up with what Ollama says', async () => {
  await expect(
    setUp(ollamaServe('missing', { env, readiness: { path: '/api/tags', intervalMs: 20 } })),
  ).rejects.toThrow(/is up, but cannot serve its model: POST .*\/api\/generate gave HTTP 404 .*missing/)
})

test('replicas form a pool, and a replica that dies is not missed', async () => {
  const spec = vllm('sim-large', {
    env,
    replicas: 3,
    readiness: { path: '/health', intervalMs: 20 },
    restart: { backoffMs: 3_600_000 },
  })
  const { endpoints, dispose } = await setUp(spec)
  const model = await connectEndpoints(endpoints, (endpoint) => localServer.connect(endpoint, spec))
  const ask = (count: number): Promise<string[]> =>
    Promise.all(Array.from({ length: count }, async (_, call) => (await model.generate(`${call} + 1?`)).text))
  expect(await ask(9)).toHaveLength(9)
  await expect(
    fetch(new URL('/configure', endpoints[1]!.baseURL), { method: 'POST', body: '{"downFromMs":0}' }),
  ).resolves.toMatchObject({ ok: true })
  expect((await ask(60)).every((text) => text !== '')).toBe(true)
  await dispose()
})
