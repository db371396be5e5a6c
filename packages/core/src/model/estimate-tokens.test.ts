import { expect, test } from 'vitest'
import { estimateTokens } from './estimate-tokens.ts'
import type { MessagePart, Prompt } from './language-model.ts'

const call: MessagePart = { type: 'tool-call', id: '1', name: 'weather', arguments: { city: 'Rome' } }
const result: MessagePart = { type: 'tool-result', id: '1', name: 'weather', result: [21, 'sunny'] }
const nothing: MessagePart = { type: 'tool-result', id: '1', name: 'weather', result: undefined }

test.for<[what: string, prompt: Prompt, tokens: number]>([
  ['an empty text', '', 0],
  ['one character', 'a', 1],
  ['a text', 'four characters each', 5],
  ['no messages', [], 0],
  [
    'messages',
    [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ],
    3 + 2,
  ],
  ['parts of text', [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }], 2],
  // {"city":"Rome"}
  ['a tool call', [{ role: 'assistant', content: [call] }], 4],
  // [21,"sunny"]
  ['a tool’s result', [{ role: 'tool', content: [result, nothing] }], 3],
  [
    'a picture, however large its data',
    [{ role: 'user', content: [{ type: 'image', data: new Uint8Array(1e6), mediaType: 'image/png' }] }],
    1000,
  ],
])('%s', ([, prompt, tokens]) => {
  expect(estimateTokens(prompt)).toBe(tokens)
})
