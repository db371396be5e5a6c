import { expect, test } from 'vitest'
import { admit } from './request-guard.ts'

const token = 'a'.repeat(32)
const headers = { host: '127.0.0.1:4000' }
const admitted = (url: string, more: object = {}): string | undefined =>
  admit({ url, headers: { ...headers, ...more } }, { token, port: 4000 })?.path

test('who knows the token is let in, to what stands behind it', () => {
  const request = admit({ url: `/${token}/api/record?name=a%26b`, headers }, { token, port: 4000 })
  expect(request?.path).toBe('api/record')
  expect(request?.query.get('name')).toBe('a&b')
  expect(admitted(`/${token}/`)).toBe('')
  expect(admitted(`/${token}/`, { host: 'localhost:4000', origin: 'http://localhost:4000' })).toBe('')
})

test.each([
  ['/', {}],
  ['/api/experiments', {}],
  [`/${token}`, {}],
  [`/${'b'.repeat(32)}/`, {}],
  [`/${token.slice(1)}/`, {}],
  [`//${token}/`, {}],
  [`/${token}/`, { host: 'evil.example:4000' }],
  [`/${token}/`, { host: '127.0.0.1' }],
  [`/${token}/`, { host: undefined }],
  [`/${token}/`, { origin: 'https://evil.example' }],
  [`/${token}/`, { origin: 'null' }],
  [`/${token}/`, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
])('%s with %j is not', (url, more) => {
  expect(admitted(url, more)).toBeUndefined()
})

test('the port of HTTP may be left out', () => {
  const on = (port: number) =>
    admit({ url: `/${token}/`, headers: { host: 'localhost', origin: 'http://localhost' } }, { token, port })
  expect(on(80)?.path).toBe('')
  expect(on(8080)).toBeUndefined()
})
