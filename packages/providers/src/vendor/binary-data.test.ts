import { expect, test } from 'vitest'
import { binaryDataOf } from './binary-data.ts'

const base64 = Buffer.from('héllo').toString('base64')

test.each([
  ['bytes', new Uint8Array(Buffer.from('héllo')), { base64 }],
  ['bytes within others', new Uint8Array(Buffer.from('-héllo-')).subarray(1, 7), { base64 }],
  ['base64', base64, { base64 }],
  ['a data URL', `data:image/png;base64,${base64}`, { base64 }],
  ['a data URL in plain text', 'data:text/plain,h%C3%A9llo', { base64 }],
  ['an address', 'https://example.com/a.png', { url: 'https://example.com/a.png' }],
])('%s', (_name, data, expected) => {
  expect(binaryDataOf({ type: 'image', data, mediaType: 'image/png' })).toEqual(expected)
})
