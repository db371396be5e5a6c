import type { Message, ModelResponse } from '@evals/core'
import { describe, expect, test } from 'vitest'
import { openai } from '../openai.ts'
import { answering } from './answering-server.test-support.ts'

/** Answers as they really are, shortened. */
const response = (more: object): object => ({
  id: 'resp_0a',
  object: 'response',
  created_at: 1_780_000_000,
  status: 'completed',
  error: null,
  incomplete_details: null,
  model: 'gpt-5-mini-2025-08-07',
  output: [],
  ...more,
})
const message = (...content: readonly object[]): object => ({
  id: 'msg_0a',
  type: 'message',
  status: 'completed',
  role: 'assistant',
  content,
})
const reasoning = { id: 'rs_0a', type: 'reasoning', summary: [] }
const call = { id: 'fc_0a', type: 'function_call', status: 'completed', call_id: 'a', name: 'find', arguments: '{}' }

async function answerTo(answer: object): Promise<ModelResponse> {
  const { url } = await answering(200, answer)
  return openai.responses('gpt-5-mini', { baseURL: url, apiKey: 'k' }).generate('hello')
}

describe('an answer', () => {
  test('with cached and reasoning tokens', async () => {
    const answer = await answerTo(
      response({
        output: [
          reasoning,
          message(
            { type: 'output_text', text: 'Par', annotations: [] },
            { type: 'output_text', text: 'is', annotations: [] },
          ),
        ],
        usage: {
          input_tokens: 1117,
          input_tokens_details: { cached_tokens: 1024 },
          output_tokens: 203,
          output_tokens_details: { reasoning_tokens: 192 },
          total_tokens: 1320,
        },
      }),
    )
    expect(answer).toMatchObject({
      text: 'Paris',
      model: 'openai:gpt-5-mini-2025-08-07',
      requestId: 'resp_0a',
      finishReason: 'stop',
      usage: { inputTokens: 1117, outputTokens: 203, cachedInputTokens: 1024, reasoningTokens: 192 },
    })
  })

  test.for([
    ['max_output_tokens', 'length'],
    ['content_filter', 'content-filter'],
    ['something_new', 'other'],
  ])('that is incomplete because of %s', async ([reason, finishReason]) => {
    const output = [message({ type: 'output_text', text: 'Par', annotations: [] })]
    const answer = await answerTo(response({ status: 'incomplete', incomplete_details: { reason }, output }))
    expect(answer).toMatchObject({ text: 'Par', finishReason })
  })

  test('that refuses', async () => {
    const output = [message({ type: 'refusal', refusal: 'I cannot.' })]
    expect(await answerTo(response({ output }))).toMatchObject({ text: 'I cannot.', finishReason: 'content-filter' })
  })

  test.for([
    [{}, 'it is no response'],
    [{ output: 'text' }, 'it is no response'],
    [
      response({ status: 'failed', error: { code: 'server_error', message: 'The server had an error' } }),
      'it is failed: The server had an error',
    ],
  ] as const)('that is none: %j', async ([answer, why]) => {
    const { url, requests } = await answering(200, answer)
    const model = openai.responses('m', { baseURL: url, apiKey: 'k' })
    await expect(model.generate('hello')).rejects.toMatchObject({
      code: 'EVALS_MODEL_ANSWER_INVALID',
      message: expect.stringContaining(why),
    })
    expect(requests).toHaveLength(6)
  })
})

describe('the next turn', () => {
  const result: Message = { role: 'tool', content: [{ type: 'tool-result', id: 'a', name: 'find', result: { n: 1 } }] }
  const output = { type: 'function_call_output', call_id: 'a', output: '{"n":1}' }

  async function sentBack(items: readonly object[]): Promise<unknown> {
    const { url, requests } = await answering(200, response({ output: items }))
    const model = openai.responses('m', { baseURL: url, apiKey: 'k' })
    const first = await model.generate('hello')
    expect(first).toMatchObject({ finishReason: 'tool-calls', toolCalls: [{ id: 'a', name: 'find', arguments: {} }] })
    await model.generate([{ role: 'user', content: 'hello' }, first.message, result])
    return (requests.at(-1)!.body as { input: unknown }).input
  }

  test('has the reasoning that led to a call of a tool', async () => {
    expect(await sentBack([reasoning, call])).toEqual([{ role: 'user', content: 'hello' }, reasoning, call, output])
  })

  test('is written anew where there is none', async () => {
    const text = { type: 'output_text', text: 'Looking.', annotations: [] }
    expect(await sentBack([message(text), call])).toEqual([
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: 'Looking.' },
      { type: 'function_call', call_id: 'a', name: 'find', arguments: '{}' },
      output,
    ])
  })
})
