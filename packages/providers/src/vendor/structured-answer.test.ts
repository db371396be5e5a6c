import { expect, test } from 'vitest'
import { structuredAnswer } from './structured-answer.ts'

const answer = { model: 'v:m', text: '{"a":1}', finishReason: 'stop', options: { schema: {} } } as const

test('a whole answer is read where a schema asked for it', () => {
  expect(structuredAnswer(answer)).toEqual({ object: { a: 1 } })
  expect(structuredAnswer({ ...answer, options: {} })).toEqual({})
})

test.each(['length', 'content-filter', 'tool-calls', 'other'] as const)(
  'an answer that ended by %s has none',
  (finishReason) => {
    expect(structuredAnswer({ ...answer, text: '{"a', finishReason })).toEqual({})
  },
)

test.each(['', 'Sure! {"a":1}'])('one that is no JSON is tried again: %j', (text) => {
  expect(() => structuredAnswer({ ...answer, text })).toThrow(
    expect.objectContaining({
      code: 'EVALS_MODEL_ANSWER_INVALID',
      fault: 'fault',
      message: expect.stringContaining(JSON.stringify(text)),
    }),
  )
})
