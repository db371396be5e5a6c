import { useRequestEngine, type LanguageModel } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { anthropic } from '../anthropic.ts'
import { openaiCompatible } from '../openai-compatible.ts'
import { startServer } from './http-server.test-support.ts'
import { makeSelfSigned } from './self-signed.test-support.ts'

// Nobody resolves this name: only the proxy knows where its server is.
const host = 'vendor.test'
const proxied: string[] = []
const tunnels: string[] = []
let answered = 0
const servers: Server[] = []
const trusted = getCACertificates('default')

const message = { role: 'assistant', content: 'yes' }
const chat = JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] })
const claude = JSON.stringify({ content: [{ type: 'text', text: 'yes' }], usage: {} })

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push(server)
  return (server.address() as AddressInfo).port
}

beforeAll(async () => {
  const { key, cert } = makeSelfSigned(host)
  setDefaultCACertificates([...trusted, cert])
  const vendorPort = await listen(
    createSecureServer({ key, cert }, (request, response) => {
      answered += 1
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(request.url === '/v1/messages' ? claude : chat)
    }),
  )
  const proxy = createServer((request, response) => {
    proxied.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end(chat)
  })
  proxy.on('connect', (request, socket, head) => {
    tunnels.push(request.url ?? '')
    const tunnel = connect(vendorPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      tunnel.write(head)
      tunnel.pipe(socket).pipe(tunnel)
    })
    tunnel.on('error', () => socket.destroy())
    socket.on('error', () => tunnel.destroy())
  })
  const url = `http://127.0.0.1:${await listen(proxy)}`
  for (const variable of ['HTTP_PROXY', 'HTTPS_PROXY']) {
    vi.stubEnv(variable, url)
    vi.stubEnv(variable.toLowerCase(), url)
  }
  vi.stubEnv('NO_PROXY', '')
  vi.stubEnv('no_proxy', '')
})

afterAll(async () => {
  vi.unstubAllEnvs()
  setDefaultCACertificates(trusted)
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

beforeEach(() => {
  proxied.length = 0
  useRequestEngine({ limiter: unlimited })
})

const openaiAt = (baseURL: string) => openaiCompatible('m', { provider: 'mine', baseURL, apiKey: 'k' })

test.for<[string, () => LanguageModel]>([
  ['openai', () => openaiAt(`https://${host}/v1`)],
  ['anthropic', () => anthropic('m', { baseURL: `https://${host}`, apiKey: 'k' })],
])('calls over HTTPS go through a tunnel of the proxy: %s', async ([, make]) => {
  const before = answered
  expect((await make().generate('q')).text).toBe('yes')
  expect(answered).toBe(before + 1)
  // The tunnel may still be open from before.
  expect(tunnels).toContain(`${host}:443`)
})

test('calls over HTTP are asked of the proxy', async () => {
  expect((await openaiAt(`http://${host}/v1`).generate('q')).text).toBe('yes')
  expect(proxied).toEqual([`POST http://${host}/v1/chat/completions`])
})

test('hosts in NO_PROXY are asked directly', async () => {
  const asked: string[] = []
  const { url } = await startServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(200, { 'content-type': 'application/json' }).end(chat)
  })
  vi.stubEnv('no_proxy', 'example.com,127.0.0.1')
  expect((await openaiAt(`${url}/v1`).generate('q')).text).toBe('yes')
  expect({ asked, proxied }).toEqual({ asked: ['/v1/chat/completions'], proxied: [] })
})
