import { expect, test } from 'vitest'
import { createModelResponse, isModelResponse } from './language-model.ts'

test('what is not given is derived', () => {
  expect(createModelResponse({ text: 'hi', model: 'p:m' })).toMatchObject({
    text: 'hi',
    model: 'p:m',
    content: [{ type: 'text', text: 'hi' }],
    toolCalls: [],
    message: { role: 'assistant', content: [{ type: 'text', text: 'hi' }] },
    finishReason: 'stop',
    usage: {},
  })
})

test('tool calls are part of the message, and a reason to stop', () => {
  const call = { id: '1', name: 'search', arguments: { q: 'x' } }
  const response = createModelResponse({ text: '', model: 'p:m', toolCalls: [call] })
  expect(response).toMatchObject({ content: [{ type: 'tool-call', ...call }], finishReason: 'tool-calls' })
  expect(createModelResponse({ text: '', model: 'p:m', toolCalls: [call], finishReason: 'length' }).finishReason).toBe(
    'length',
  )
})

test('a response is told apart from what only looks like one', () => {
  const response = createModelResponse({ text: 'hi', model: 'p:m' })
  expect(isModelResponse(response)).toBe(true)
  for (const other of [JSON.parse(JSON.stringify(response)), { text: 'hi' }, 'hi', null, undefined])
    expect(isModelResponse(other)).toBe(false)
})
