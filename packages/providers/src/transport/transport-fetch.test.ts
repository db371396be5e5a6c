import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createModelResponse,
  currentAttemptReport,
  defineModel,
  runRequest,
  useRequestEngine,
  type AttemptReport,
} from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createTransport } from './create-transport.ts'
import { bodyOf, startServer } from './http-server.test-support.ts'
import { transportFetch } from './transport-fetch.ts'

/** What is reported of an attempt in which `work` runs. */
async function reportOf(work: (signal: AbortSignal) => Promise<unknown>): Promise<AttemptReport> {
  useRequestEngine({ limiter: unlimited })
  return runRequest({
    key: 'k',
    model: 'm',
    estimate: { inputTokens: 0 },
    timeoutMs: 5000,
    async attempt({ signal }) {
      await work(signal)
      return { result: currentAttemptReport()!, usage: {} }
    },
  })
}

test('a model that sends with it is asked again after a 429, when the server says', async () => {
  let requests = 0
  const { url } = await startServer((_request, response) => {
    requests += 1
    if (requests === 1) response.writeHead(429, { 'Retry-After-Ms': '1' }).end('busy')
    else response.end('yes')
  })
  useRequestEngine({ limiter: unlimited })
  const model = defineModel({
    provider: 'house',
    modelId: 'm',
    async generate(_prompt, { signal }) {
      const response = await transportFetch(url, { signal })
      const text = await response.text()
      if (!response.ok) throw new Error(text)
      return createModelResponse({ text, model: 'house:m' })
    },
  })
  expect((await model.generate('q')).text).toBe('yes')
  expect(requests).toBe(2)
})

describe('what an attempt is told', () => {
  test('status, headers in lower case, and when the first byte came', async () => {
    const { url } = await startServer((_request, response) => {
      response.writeHead(429, { 'Retry-After': '3', 'Set-Cookie': ['a=1', 'b=2'] }).end('busy')
    })
    const before = performance.now()
    const report = await reportOf(async () => {
      const response = await transportFetch(url)
      expect(response.status).toBe(429)
      expect(await response.text()).toBe('busy')
    })
    expect(report).toMatchObject({ sent: true, status: 429, headers: { 'retry-after': '3', 'set-cookie': 'a=1, b=2' } })
    expect(report.firstByteAt).toBeGreaterThan(before)
    expect(report.firstByteAt).toBeLessThanOrEqual(performance.now())
  })

  test('headers come before the first byte does', async () => {
    const { promise: headersSeen, resolve: seeHeaders } = Promise.withResolvers<void>()
    const { url } = await startServer((_request, response) => {
      response.flushHeaders()
      void headersSeen.then(() => response.end('late'))
    })
    const seen: AttemptReport[] = []
    await reportOf(async () => {
      const response = await transportFetch(url)
      seen.push({ ...currentAttemptReport() })
      seeHeaders()
      expect(await response.text()).toBe('late')
      seen.push({ ...currentAttemptReport() })
    })
    expect(seen[0]).toMatchObject({ sent: true, status: 200 })
    expect(seen[0]).not.toHaveProperty('firstByteAt')
    expect(seen[1]).toHaveProperty('firstByteAt')
  })

  test('that something was sent, where nobody answers', async () => {
    const { server, url } = await startServer(() => {})
    server.close()
    const report = await reportOf(() =>
      transportFetch(url).catch((error: Error) => expect(error.message).toBe('fetch failed')),
    )
    expect(report).toEqual({ sent: true })
  })

  test('nothing, where the request could not even be made', async () => {
    const report = await reportOf(() => transportFetch('not an address').catch((error: unknown) => error))
    expect(report).toEqual({})
  })

  test('of attempts side by side each its own', async () => {
    const { url } = await startServer((request, response) => response.writeHead(Number(request.url?.slice(1))).end('x'))
    const reports = await Promise.all(
      [200, 404, 500].map((status) => reportOf(async () => (await transportFetch(`${url}/${status}`)).text())),
    )
    expect(reports.map(({ status }) => status)).toEqual([200, 404, 500])
  })
})

describe('connections', () => {
  test('an abort closes the connection, before headers and in the middle of the body', async () => {
    const sockets: Socket[] = []
    const { server, url } = await startServer((request, response) => {
      if (request.url === '/body') response.write('piece')
    })
    server.on('connection', (socket: Socket) => sockets.push(socket))
    for (const path of ['/headers', '/body']) {
      const controller = new AbortController()
      const asked = once(server, 'request')
      const answer = transportFetch(url + path, { signal: controller.signal }).then((response) => response.text())
      await asked
      const closed = new Promise((resolve) =>
        sockets
          .at(-1)!
          .on('error', () => {})
          .once('close', resolve),
      )
      if (path === '/body') await new Promise(setImmediate)
      controller.abort(new Error('enough'))
      await expect(answer).rejects.toThrow('enough')
      await closed
    }
    expect(sockets).toHaveLength(2)
  })

  test('are kept for the next call, and as many as there are calls', async () => {
    const { promise: allCame, resolve } = Promise.withResolvers<void>()
    let open = 0
    let connections = 0
    const { server, url } = await startServer((request, response) => {
      if (request.url !== '/together') return void response.end('one')
      open += 1
      if (open === 150) resolve()
      return void allCame.then(() => response.end('many'))
    })
    server.on('connection', () => (connections += 1))
    for (let call = 0; call < 5; call += 1) expect(await (await transportFetch(url)).text()).toBe('one')
    // A connection is free only a moment after its answer is read.
    expect(connections).toBeLessThanOrEqual(2)
    const together = Array.from({ length: 150 }, async () => (await transportFetch(`${url}/together`)).text())
    expect(new Set(await Promise.all(together))).toEqual(new Set(['many']))
    expect(connections).toBeGreaterThanOrEqual(150)
    expect(connections).toBeLessThanOrEqual(152)
  })

  test.each(['text/event-stream; charset=utf-8', 'application/x-ndjson'])(
    'a stream that stands still ends with an error: %s',
    async (type) => {
      const { url, connections } = await startServer((_request, response) => {
        response.writeHead(200, { 'content-type': type }).write('half')
      })
      const send = await createTransport({ stallTimeoutMs: 50 })
      const response = await send(url)
      await expect(response.text()).rejects.toMatchObject({ cause: { code: 'UND_ERR_BODY_TIMEOUT' } })
      await expect.poll(connections).toBe(0)
    },
  )

  test('an answer that is no stream may stand still, and a stream before it begins', async () => {
    const { url } = await startServer((request, response) => {
      const isStream = request.url === '/stream'
      response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
      if (isStream) response.flushHeaders()
      else response.write('[1')
      // Undici's own timers go by the half second.
      void sleep(1200).then(() => response.end(isStream ? 'data: 1' : ']'))
    })
    const send = await createTransport({ stallTimeoutMs: 50 })
    const texts = ['/stream', '/whole'].map(async (path) => (await send(url + path)).text())
    expect(await Promise.all(texts)).toEqual(['data: 1', '[1]'])
  })

  test('a stream may wait for its reader', async () => {
    const length = 5_000_000
    const { url } = await startServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end('x'.repeat(length))
    })
    const send = await createTransport({ stallTimeoutMs: 50 })
    const response = await send(url)
    await sleep(200)
    expect(await response.text()).toHaveLength(length)
  })
})

describe('requests', () => {
  test("those made with Node's own classes arrive whole", async () => {
    const { url } = await startServer((request, response) => {
      void bodyOf(request).then((body) => response.end(JSON.stringify([request.method, request.headers, body])))
    })
    const send = async (...request: Parameters<typeof fetch>): Promise<[string, Record<string, string>, string]> =>
      (await (await transportFetch(...request)).json()) as never
    const form = new FormData()
    form.set('file', new Blob(['bytes']), 'a.txt')
    const [method, headers, body] = await send(url, { method: 'POST', body: form })
    expect([method, headers['content-type']]).toEqual([
      'POST',
      expect.stringContaining('multipart/form-data; boundary='),
    ])
    expect(body).toContain('filename="a.txt"')
    const request = new Request(url, { method: 'PUT', body: 'text', headers: new Headers({ 'X-Mine': '1' }) })
    expect(await send(request)).toMatchObject(['PUT', { 'x-mine': '1' }, 'text'])
    expect(await send(new URL(url), { headers: new Headers({ 'X-Mine': '2' }) })).toMatchObject([
      'GET',
      { 'x-mine': '2' },
      '',
    ])
  })

  test("Node's own fetch keeps its dispatcher", async () => {
    const { url } = await startServer((_request, response) => response.end('own'))
    const own = { dispatch: vi.fn<() => never>() }
    const key = Symbol.for('undici.globalDispatcher.1')
    const globals = globalThis as { [key]?: unknown }
    await (await fetch(url)).text()
    const before = globals[key]
    onTestFinished(() => void (globals[key] = before))
    globals[key] = own
    const send = await createTransport()
    expect(globals[key]).toBe(own)
    expect(await (await send(url)).text()).toBe('own')
    expect(own.dispatch).not.toHaveBeenCalled()
  })
})

describe('proxies of the environment', () => {
  test('are used, except for hosts in NO_PROXY', async () => {
    const { url } = await startServer((_request, response) => response.end('the server'))
    const proxied: string[] = []
    const proxy = await startServer((request, response) => {
      proxied.push(request.url ?? '')
      response.end('the proxy')
    })
    vi.stubEnv('HTTP_PROXY', proxy.url)
    vi.stubEnv('http_proxy', proxy.url)
    vi.stubEnv('NO_PROXY', '')
    vi.stubEnv('no_proxy', '')
    onTestFinished(() => void vi.unstubAllEnvs())
    const send = await createTransport()
    expect(await (await send(`${url}/a`)).text()).toBe('the proxy')
    expect(proxied).toEqual([`${url}/a`])
    const report = await reportOf(async () => (await send(`${url}/b`)).text())
    expect(report).toMatchObject({ sent: true, status: 200, firstByteAt: expect.any(Number) })
    vi.stubEnv('no_proxy', 'example.com,127.0.0.1')
    expect(await (await send(`${url}/c`)).text()).toBe('the server')
    expect(proxied).toHaveLength(2)
  })
})
