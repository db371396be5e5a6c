import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { checkConnection, checkProviders } from './check-providers.ts'

test('any answer shows that a server is reached; no key is sent', async () => {
  const seen: unknown[] = []
  const server = createServer(({ method, headers }, response) => {
    seen.push([method, headers.authorization, headers['x-api-key']])
    response.writeHead(401).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const access = { provider: 'test', variable: 'TEST_KEY', needsKey: true, baseURL }
  expect(await checkConnection(access)).toEqual({
    check: 'connection test',
    state: 'ok',
    message: `${baseURL} answers (HTTP 401)`,
  })
  expect(seen).toEqual([['GET', undefined, undefined]])
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
  expect(await checkConnection(access)).toMatchObject({
    state: 'problem',
    message: expect.stringMatching(/ does not answer: .*ECONNREFUSED/),
    next: 'Check the network, proxies and firewalls.',
  })
})

test('the address in OPENAI_BASE_URL is asked instead of the one of the provider', async () => {
  const server = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const findings = await checkProviders({ OPENAI_API_KEY: 'x', OPENAI_BASE_URL: baseURL }, true)
  expect(findings.slice(1)).toEqual([
    { check: 'connection openai', state: 'ok', message: `${baseURL} answers (HTTP 404)` },
  ])
  server.close()
})
