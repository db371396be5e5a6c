import type { Prompt } from '@evals/core'
import { expect, test } from 'vitest'
import { mock } from './mock.ts'

test('answers by its script, one after the other, and says when it has run out', async () => {
  const failure = new Error('overloaded')
  const model = mock(['Paris', { text: 'Berlin', usage: { inputTokens: 12 } }, failure])
  expect(await model.generate('France?')).toMatchObject({
    text: 'Paris',
    model: 'mock:mock',
    finishReason: 'stop',
    usage: {},
  })
  expect(await model.generate('Germany?')).toMatchObject({ text: 'Berlin', usage: { inputTokens: 12 } })
  await expect(model.generate('Spain?')).rejects.toBe(failure)
  await expect(model.generate('Italy?')).rejects.toMatchObject({
    code: 'EVALS_MODEL_SCRIPT_EXHAUSTED',
    message: expect.stringContaining('was called 4 times, but its script has 3 answers'),
  })
})

test('answers by a function of prompt and options, also a slow one', async () => {
  const model = mock(async (prompt: Prompt, { temperature = 1 }) => `${String(prompt)} at ${temperature}`, {
    modelId: 'echo',
  })
  expect(await model.generate('hi', { temperature: 0 })).toMatchObject({ text: 'hi at 0', model: 'mock:echo' })
  expect(model).toMatchObject({ provider: 'mock', modelId: 'echo' })
})

test('remembers what it was asked', async () => {
  const model = mock(['a', 'b'])
  expect(model.calls).toEqual([])
  await model.generate('one', { seed: 1 })
  await model.generate([{ role: 'user', content: 'two' }])
  expect(model.calls).toEqual([
    { prompt: 'one', options: { seed: 1, signal: expect.any(AbortSignal) } },
    { prompt: [{ role: 'user', content: 'two' }], options: { signal: expect.any(AbortSignal) } },
  ])
})

test('gives structured answers and tool calls, and streams', async () => {
  const call = { id: '1', name: 'search', arguments: {} }
  const model = mock([{ text: '{}', object: {} }, { toolCalls: [call] }, 'streamed'])
  expect(await model.generate('?')).toMatchObject({ object: {} })
  expect(await model.generate('?')).toMatchObject({ text: '', toolCalls: [call], finishReason: 'tool-calls' })
  expect(await Array.fromAsync(model.stream('?'))).toMatchObject([
    { type: 'text', text: 'streamed' },
    { type: 'response' },
  ])
})
