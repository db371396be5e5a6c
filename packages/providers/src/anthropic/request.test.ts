import type { Message } from '@evals/core'
import { expect, test } from 'vitest'
import { toParams, type AnthropicCall } from './request.ts'

function paramsOf(parts: Partial<AnthropicCall> = {}) {
  return toParams({ modelId: 'claude-sonnet-5', prompt: 'hi', options: {}, ...parts }, (schema) => ({
    ...schema,
    transformed: true,
  }))
}

test('a plain call', () => {
  expect(paramsOf()).toEqual({
    model: 'claude-sonnet-5',
    max_tokens: 16_384,
    messages: [{ role: 'user', content: 'hi' }],
  })
})

test('every option', () => {
  expect(
    paramsOf({
      options: {
        maxOutputTokens: 50,
        temperature: 0.5,
        topP: 0.9,
        stop: ['END'],
        tools: [
          { name: 'now', parameters: {} },
          { name: 'add', description: 'adds', parameters: { type: 'object', properties: { a: { type: 'number' } } } },
        ],
        toolChoice: { name: 'add' },
        schema: { type: 'object' },
        reasoning: 'low',
        providerOptions: { metadata: { user_id: 'u' }, output_config: { effort: 'max' } },
      },
    }),
  ).toEqual({
    model: 'claude-sonnet-5',
    max_tokens: 50,
    messages: [{ role: 'user', content: 'hi' }],
    temperature: 0.5,
    top_p: 0.9,
    stop_sequences: ['END'],
    tools: [
      { name: 'now', input_schema: { type: 'object' } },
      {
        name: 'add',
        description: 'adds',
        input_schema: { type: 'object', properties: { a: { type: 'number' } } },
      },
    ],
    tool_choice: { type: 'tool', name: 'add' },
    thinking: { type: 'adaptive' },
    output_config: { effort: 'max', format: { type: 'json_schema', schema: { type: 'object', transformed: true } } },
    metadata: { user_id: 'u' },
  })
})

test.each([
  ['auto', { type: 'auto' }],
  ['none', { type: 'none' }],
  ['required', { type: 'any' }],
] as const)('tool choice %s', (toolChoice, expected) => {
  expect(paramsOf({ options: { toolChoice } }).tool_choice).toEqual(expected)
})

const png = new Uint8Array([1, 2, 3])

test('a conversation of all roles and parts', () => {
  const prompt: readonly Message[] = [
    { role: 'system', content: 'be brief' },
    { role: 'system', content: [{ type: 'text', text: 'be kind' }] },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'see' },
        { type: 'image', data: png, mediaType: 'image/png' },
        { type: 'image', data: 'https://example.com/a.gif', mediaType: 'image/gif' },
        { type: 'file', data: 'AQID', mediaType: 'application/pdf' },
        { type: 'file', data: 'https://example.com/a.pdf', mediaType: 'application/pdf' },
        { type: 'file', data: new TextEncoder().encode('ä'), mediaType: 'text/csv' },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'text', text: '' },
        { type: 'tool-call', id: '1', name: 'now', arguments: undefined },
        { type: 'tool-call', id: '2', name: 'add', arguments: { a: 1 } },
      ],
    },
    { role: 'tool', content: [{ type: 'tool-result', id: '1', name: 'now', result: 'noon' }] },
    {
      role: 'tool',
      content: [
        { type: 'tool-result', id: '2', name: 'add', result: { sum: 1 } },
        { type: 'tool-result', id: '3', name: 'add', result: undefined },
      ],
    },
    { role: 'system', content: 'be quick' },
    { role: 'user', content: 'go on' },
  ]
  expect(paramsOf({ prompt })).toMatchObject({
    system: [
      { type: 'text', text: 'be brief' },
      { type: 'text', text: 'be kind' },
    ],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'see' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AQID' } },
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.gif' } },
          { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AQID' } },
          { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'ä' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: '1', name: 'now', input: {} },
          { type: 'tool_use', id: '2', name: 'add', input: { a: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: '1', content: 'noon' },
          { type: 'tool_result', tool_use_id: '2', content: '{"sum":1}' },
          { type: 'tool_result', tool_use_id: '3', content: '' },
        ],
      },
      { role: 'system', content: [{ type: 'text', text: 'be quick' }] },
      { role: 'user', content: [{ type: 'text', text: 'go on' }] },
    ],
  })
})

test.each<[string, Partial<AnthropicCall>]>([
  ['`seed`', { options: { seed: 1 } }],
  ['image/tiff', { prompt: [{ role: 'user', content: [{ type: 'image', data: png, mediaType: 'image/tiff' }] }] }],
  ['video/mp4', { prompt: [{ role: 'user', content: [{ type: 'file', data: png, mediaType: 'video/mp4' }] }] }],
  [
    'text/plain',
    { prompt: [{ role: 'user', content: [{ type: 'file', data: 'http://a/b', mediaType: 'text/plain' }] }] },
  ],
  ['"audio"', { prompt: [{ role: 'user', content: [{ type: 'audio', data: png, mediaType: 'audio/wav' }] }] }],
  ['"image"', { prompt: [{ role: 'assistant', content: [{ type: 'image', data: png, mediaType: 'image/png' }] }] }],
  ['"image"', { prompt: [{ role: 'system', content: [{ type: 'image', data: png, mediaType: 'image/png' }] }] }],
  ['"text"', { prompt: [{ role: 'tool', content: 'noon' }] }],
  ['`reasoning`', { modelId: 'claude-haiku-4-5', options: { reasoning: 'low', maxOutputTokens: 1024 } }],
])('what the API does not know is said before anything is sent: %s (%#)', (what, parts) => {
  expect(() => paramsOf(parts)).toThrow(
    expect.objectContaining({
      code: 'EVALS_MODEL_CAPABILITY_MISSING',
      message: expect.stringMatching(new RegExp(`^anthropic:claude-\\S+ cannot take .*${what}`)),
    }),
  )
})

test('a schema that cannot be written says why', () => {
  const call = { modelId: 'm', prompt: 'hi', options: { schema: {} } }
  const transform = (): never => {
    throw new TypeError('no type')
  }
  expect(() => toParams(call, transform)).toThrow(
    expect.objectContaining({
      code: 'EVALS_MODEL_REQUEST_INVALID',
      message: expect.stringContaining('no type'),
      cause: expect.any(TypeError),
    }),
  )
})
