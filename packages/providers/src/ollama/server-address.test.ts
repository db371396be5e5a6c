import { expect, test } from 'vitest'
import { readServerAddress } from './server-address.ts'

test.each([
  ['http://127.0.0.1:11434', 'http://127.0.0.1:11434'],
  ['http://gpu-box', 'http://gpu-box'],
  ['https://gpu-box:8443/ollama/', 'https://gpu-box:8443/ollama'],
  ['gpu-box', 'http://gpu-box:11434'],
  ['localhost:4000', 'http://localhost:4000'],
  ['0.0.0.0:4000', 'http://0.0.0.0:4000'],
  [':4000', 'http://127.0.0.1:4000'],
  ['http://', 'http://'],
])('%s is %s', (text, url) => {
  expect(readServerAddress(text)).toEqual({ url })
})

test('user and password become a header', () => {
  expect(readServerAddress('https://ann:p%40ss@gpu-box/')).toEqual({
    url: 'https://gpu-box',
    authorization: `Basic ${Buffer.from('ann:p@ss').toString('base64')}`,
  })
})
