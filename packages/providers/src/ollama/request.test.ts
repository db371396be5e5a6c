import type { Message } from '@evals/core'
import { expect, test } from 'vitest'
import { toRequest, type OllamaCall } from './request.ts'

function requestOf(parts: Partial<OllamaCall> = {}) {
  return toRequest({ modelId: 'llama3.2:3b', prompt: 'hi', options: {}, ...parts })
}

test('a plain call', () => {
  expect(requestOf()).toEqual({ model: 'llama3.2:3b', messages: [{ role: 'user', content: 'hi' }] })
})

test('every option', () => {
  const schema = { type: 'object' }
  const parameters = { type: 'object', properties: {} }
  expect(
    requestOf({
      options: {
        maxOutputTokens: 50,
        temperature: 0,
        topP: 0.9,
        stop: ['END'],
        seed: 7,
        tools: [
          { name: 'now', parameters },
          { name: 'add', description: 'adds', parameters },
        ],
        toolChoice: 'auto',
        schema,
        reasoning: 'high',
        providerOptions: { keep_alive: '10m', options: { num_ctx: 8192, seed: 8 } },
      },
    }),
  ).toEqual({
    model: 'llama3.2:3b',
    messages: [{ role: 'user', content: 'hi' }],
    options: { temperature: 0, top_p: 0.9, num_predict: 50, stop: ['END'], num_ctx: 8192, seed: 8 },
    tools: [
      { type: 'function', function: { name: 'now', parameters } },
      { type: 'function', function: { name: 'add', description: 'adds', parameters } },
    ],
    format: schema,
    think: 'high',
    keep_alive: '10m',
  })
  expect(requestOf({ options: { reasoning: 'none', tools: [] } })).toEqual({ ...requestOf(), think: false })
})

test('a conversation of all roles and parts', () => {
  const prompt: readonly Message[] = [
    { role: 'system', content: 'be brief' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'see ' },
        { type: 'image', data: new Uint8Array([1, 2, 3]), mediaType: 'image/png' },
        { type: 'text', text: 'this' },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'well' },
        { type: 'tool-call', id: '1', name: 'now', arguments: undefined },
        { type: 'tool-call', id: '2', name: 'add', arguments: { a: 1 } },
      ],
    },
    {
      role: 'tool',
      content: [
        { type: 'tool-result', id: '1', name: 'now', result: 'noon' },
        { type: 'tool-result', id: '2', name: 'add', result: [1] },
      ],
    },
  ]
  expect(requestOf({ prompt }).messages).toEqual([
    { role: 'system', content: 'be brief' },
    { role: 'user', content: 'see this', images: ['AQID'] },
    {
      role: 'assistant',
      content: 'well',
      tool_calls: [{ function: { name: 'now', arguments: {} } }, { function: { name: 'add', arguments: { a: 1 } } }],
    },
    { role: 'tool', tool_name: 'now', content: 'noon' },
    { role: 'tool', tool_name: 'add', content: '[1]' },
  ])
})

const data = new Uint8Array([1])

test.each<[string, Partial<OllamaCall>]>([
  ['`toolChoice`', { options: { toolChoice: 'required' } }],
  ['`toolChoice`', { options: { toolChoice: { name: 'now' } } }],
  ['"audio"', { prompt: [{ role: 'user', content: [{ type: 'audio', data, mediaType: 'audio/wav' }] }] }],
  ['"file"', { prompt: [{ role: 'user', content: [{ type: 'file', data, mediaType: 'application/pdf' }] }] }],
  ['address', { prompt: [{ role: 'user', content: [{ type: 'image', data: 'http://a/b', mediaType: 'image/png' }] }] }],
  ['"image"', { prompt: [{ role: 'assistant', content: [{ type: 'image', data, mediaType: 'image/png' }] }] }],
  ['"text"', { prompt: [{ role: 'tool', content: [{ type: 'text', text: 'noon' }] }] }],
])('what the API does not know is said before anything is sent: %s (%#)', (what, parts) => {
  expect(() => requestOf(parts)).toThrow(
    expect.objectContaining({
      code: 'EVALS_MODEL_CAPABILITY_MISSING',
      message: expect.stringMatching(new RegExp(`^ollama:llama3.2:3b cannot take .*${what}`)),
    }),
  )
})
