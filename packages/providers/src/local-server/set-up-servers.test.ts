import type { EvalsError, ModelCompute } from '@evals/core'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { realpathSync } from 'node:fs'
import { inspect } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import type { LocalServerSpec } from './local-server-spec.ts'
import { setUpServers } from './set-up-servers.ts'
import { crash, guardiansOf, infoOf, isRunning, testServer, until } from './test-server.test-support.ts'

const logged: string[] = []

afterEach(async () => {
  logged.length = 0
  await until(() => guardiansOf(process.pid).length === 0)
})

function setUp(spec: LocalServerSpec, signal = new AbortController().signal): Promise<ModelCompute> {
  return setUpServers(spec, { signal, log: (line) => logged.push(line) })
}

async function failureOf(spec: LocalServerSpec, signal?: AbortSignal): Promise<EvalsError> {
  return setUp(spec, signal).then(
    () => expect.unreachable('the set-up worked'),
    (error: unknown) => error as EvalsError,
  )
}

test('starts a command, waits until it is ready, and ends all its processes', async () => {
  const cwd = realpathSync(tmpdir())
  const spec = testServer({ readyAfterMs: 100, hasChild: true }, { env: { HOST: '127.0.0.1:{port}' }, cwd })
  const { endpoints, dispose } = await setUp(spec)
  expect(endpoints).toEqual([{ baseURL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1$/), modelId: 'm' }])
  const { port } = new URL(endpoints[0]!.baseURL)
  const info = await infoOf(endpoints[0]!.baseURL)
  expect(info).toMatchObject({ args: [port, '0', expect.any(String)], env: { HOST: `127.0.0.1:${port}` }, cwd })
  expect(info.env['PATH']).toBe(process.env['PATH'])
  expect([info.pid, info.child!].map(isRunning)).toEqual([true, true])
  expect(guardiansOf(process.pid)).toHaveLength(1)

  await dispose()
  expect([info.pid, info.child!].map(isRunning)).toEqual([false, false])
  expect(logged).toEqual([])
})

test('what does not end when asked is killed', async () => {
  const { endpoints, dispose } = await setUp(testServer({ ignoresSigterm: true, hasChild: true }, { graceMs: 100 }))
  const { pid, child } = await infoOf(endpoints[0]!.baseURL)
  await dispose()
  expect([pid, child!].map(isRunning)).toEqual([false, false])
})

test('a server that dies before it is ready fails with its exit code and last lines, without secrets', async () => {
  const prints = ['loading weights', 'out of memory, token sesame-street']
  const spec = testServer({ failingReplica: 0, prints }, { env: { HF_TOKEN: 'sesame-street' } })
  const error = await failureOf(spec)
  expect(error).toMatchObject({
    code: 'EVALS_PROVIDER_FAILED',
    details: {
      command: process.execPath,
      exitCode: 3,
      signal: null,
      log: ['loading weights', 'out of memory, token [hidden]'],
    },
  })
  expect(error.message).toMatch(/ended with exit code 3\. .*Its last 2 lines:\n {2}loading weights\n {2}out of memory/s)
  expect(error.message).not.toContain('sesame-street')
})

test('a server that does not become ready fails with what it answered, and is ended', async () => {
  const readiness = { path: '/health', intervalMs: 20, timeoutMs: 700 }
  const error = await failureOf(testServer({ readyAfterMs: 60_000 }, { readiness }))
  expect(error.code).toBe('EVALS_PROVIDER_FAILED')
  expect(error.message).toMatch(
    /was not ready within 700 ms: GET http:\/\/127\.0\.0\.1:\d+\/health gave HTTP 503 {"status":"loading"}\. .*listening on \d+$/s,
  )
})

test('the status that means ready can be any', async () => {
  const { endpoints, dispose } = await setUp(
    testServer({}, { readiness: { path: '/nowhere', status: 404, intervalMs: 20 } }),
  )
  expect(endpoints).toHaveLength(1)
  await dispose()
})

test('a model that the server refuses to load fails at once', async () => {
  const error = await failureOf(testServer({}, { warmUp: { path: '/load', body: { model: 'm' } } }))
  expect(error.message).toMatch(
    /is up, but cannot serve its model: POST .*\/load gave HTTP 404 {"error":"model not found"}/,
  )
})

test('a program that is not installed is named', async () => {
  const args = ['--port', '{port}', '--api-key', 'sesame-street']
  const error = await failureOf(testServer({}, { command: 'no-such-program', args }))
  expect(error).toMatchObject({ code: 'EVALS_PROVIDER_FAILED', cause: { code: 'ENOENT' } })
  expect(error.message).toContain('Install `no-such-program`')
  expect(inspect(error)).not.toContain('sesame-street')
})

test('a port that another process has is not waited for', async () => {
  const other = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as AddressInfo
  const error = await failureOf(testServer({}, { port }))
  expect(error).toMatchObject({ code: 'EVALS_PROVIDER_FAILED', details: { port } })
  other.close()
})

test('an abort during the set-up ends what was started', async () => {
  const controller = new AbortController()
  const readiness = { path: '/health', intervalMs: 20 }
  const setup = failureOf(testServer({ readyAfterMs: 60_000 }, { readiness, replicas: 2 }), controller.signal)
  await until(() => guardiansOf(process.pid).length === 1)
  const reason = new Error('the run was cancelled')
  controller.abort(reason)
  expect(await setup).toBe(reason)
  expect(await failureOf(testServer(), controller.signal)).toBe(reason)
})

test('replicas have ports of their own; when one fails, all end', async () => {
  const { endpoints, dispose } = await setUp(testServer({}, { replicas: 3 }))
  const infos = await Promise.all(endpoints.map(({ baseURL }) => infoOf(baseURL)))
  expect(infos.map(({ args }) => args[1])).toEqual(['0', '1', '2'])
  expect(new Set(infos.map(({ args }) => args[0])).size).toBe(3)
  await dispose()
  expect(infos.map(({ pid }) => isRunning(pid))).toEqual([false, false, false])

  const error = await failureOf(testServer({ failingReplica: 1 }, { replicas: 3 }))
  expect(error).toMatchObject({ code: 'EVALS_PROVIDER_FAILED', details: { exitCode: 3 } })
})

test('a server that dies is started again on its port, as often as allowed', async () => {
  const restart = { times: 2, backoffMs: 20 }
  const { endpoints, dispose } = await setUp(testServer({ hasChild: true }, { restart }))
  const { baseURL } = endpoints[0]!
  const first = await infoOf(baseURL)

  await crash(baseURL)
  await until(() => logged.some((line) => line.includes('is ready again')))
  const second = await infoOf(baseURL)
  expect(second.args[0]).toBe(first.args[0])
  expect([first.pid, first.child!].map(isRunning)).toEqual([false, false])
  expect(logged[0]).toMatch(
    /ended with exit code 7\. Start 1 of 2 in 20 ms\. Its last 2 lines:\n {2}listening.*\n {2}about to crash$/,
  )

  process.kill(second.pid, 'SIGKILL')
  await until(() => logged.length === 4)
  expect(logged[2]).toMatch(/was ended by SIGKILL.* Start 2 of 2 in 40 ms\./)
  const third = await infoOf(baseURL)
  await crash(baseURL)
  await until(() => logged.length === 5)
  expect(logged[4]).toMatch(/ended with exit code 7\. It has been started again 2 times and stays down\./)
  expect([third.pid, third.child!].map(isRunning)).toEqual([false, false])
  await dispose()
})

test('the end does not wait for a restart', async () => {
  const { endpoints, dispose } = await setUp(testServer({}, { restart: { backoffMs: 3_600_000 } }))
  await crash(endpoints[0]!.baseURL)
  await until(() => logged.length === 1)
  await dispose()
  expect(logged).toHaveLength(1)
})
