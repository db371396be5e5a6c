import { expect, test } from 'vitest'
import { withoutHeaders } from './without-headers.ts'

test('headers and keys are left out at any depth, and nothing else', () => {
  const at = new Date(0)
  const bytes = new Uint8Array([1])
  const raw = {
    id: 'r',
    headers: { 'x-organization': 'acme' },
    requestHeaders: {},
    choices: [{ message: { content: 'yes', header: null }, response_headers: [['set-cookie', 'a']] }],
    config: { Authorization: 'Bearer sk-1', 'x-api-key': 'sk-1', apiKey: 'sk-1', url: '/v1' },
    at,
    bytes,
    cookie: 'a',
    total: 1,
  }
  const before = structuredClone(raw)
  expect(withoutHeaders(raw)).toEqual({
    id: 'r',
    choices: [{ message: { content: 'yes' } }],
    config: { url: '/v1' },
    at,
    bytes,
    total: 1,
  })
  expect(raw).toEqual(before)
})

test('instances of classes, which may hold anything, are left empty', () => {
  const raw = {
    request: new Request('http://127.0.0.1', { headers: { authorization: 'sk-1' } }),
    map: new Map([[1, 2]]),
  }
  expect(withoutHeaders(raw)).toEqual({ request: {}, map: {} })
})

test('a response that leads back to itself, or is nested without end, ends', () => {
  const raw: Record<string, unknown> = { headers: 'x', name: 'a' }
  raw['self'] = [raw, raw]
  const copy = withoutHeaders(raw) as { self: unknown[] }
  expect(copy.self[0]).toBe(copy)
  expect(copy).not.toHaveProperty('headers')
  let deep: object = {}
  for (let depth = 0; depth < 100_000; depth += 1) deep = { deep }
  expect(JSON.stringify(withoutHeaders(deep)).match(/deep/g)).toHaveLength(500)
  expect([withoutHeaders('text'), withoutHeaders(null), withoutHeaders(undefined)]).toEqual(['text', null, undefined])
})
