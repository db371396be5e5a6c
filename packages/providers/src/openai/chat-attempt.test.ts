import type { Message, ModelResponse } from '@evals/core'
import { describe, expect, test } from 'vitest'
import { openai } from '../openai.ts'
import { openaiCompatible } from '../openai-compatible.ts'
import { answering, eventStream } from './answering-server.test-support.ts'

/** Answers of servers as they really are, shortened. */
const completion = (choice: object, more: object = {}): object => ({
  id: 'chatcmpl-D8f2',
  object: 'chat.completion',
  created: 1_780_000_000,
  model: 'gpt-5-mini-2025-08-07',
  choices: [{ index: 0, logprobs: null, finish_reason: 'stop', ...choice }],
  ...more,
})

async function answerTo(answer: object | string): Promise<ModelResponse> {
  const { url } = await answering(200, answer)
  return openai('gpt-5-mini', { baseURL: url, apiKey: 'k' }).generate('hello')
}

describe('an answer', () => {
  test('with cached and reasoning tokens', async () => {
    const response = await answerTo(
      completion(
        { message: { role: 'assistant', content: 'Paris.', refusal: null, annotations: [] } },
        {
          usage: {
            prompt_tokens: 1117,
            completion_tokens: 203,
            total_tokens: 1320,
            prompt_tokens_details: { cached_tokens: 1024, audio_tokens: 0 },
            completion_tokens_details: { reasoning_tokens: 192, audio_tokens: 0, accepted_prediction_tokens: 0 },
          },
          service_tier: 'default',
        },
      ),
    )
    expect(response).toMatchObject({
      text: 'Paris.',
      model: 'openai:gpt-5-mini-2025-08-07',
      requestId: 'chatcmpl-D8f2',
      finishReason: 'stop',
      usage: { inputTokens: 1117, outputTokens: 203, cachedInputTokens: 1024, reasoningTokens: 192 },
      raw: { service_tier: 'default' },
    })
  })

  test('that refuses', async () => {
    const message = { role: 'assistant', content: null, refusal: "I'm sorry, I can't help with that." }
    expect(await answerTo(completion({ message }))).toMatchObject({
      text: "I'm sorry, I can't help with that.",
      finishReason: 'content-filter',
    })
  })

  test('that calls tools, one of them with broken JSON', async () => {
    const call = (id: string, values: string): object => ({
      id,
      type: 'function',
      function: { name: 'find', arguments: values },
    })
    const calls = [call('a', '{"q":"x"}'), call('b', '{"q":'), call('c', '')]
    const message = { role: 'assistant', content: null, tool_calls: calls }
    // A tool that was demanded by name ends like this.
    expect(await answerTo(completion({ message, finish_reason: 'stop' }))).toMatchObject({
      finishReason: 'tool-calls',
      toolCalls: [
        { id: 'a', name: 'find', arguments: { q: 'x' } },
        { id: 'b', name: 'find', arguments: '{"q":' },
        { id: 'c', name: 'find', arguments: {} },
      ],
    })
  })

  test('that is a list of parts has the text without the thoughts', async () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'It has a tower.' }] },
      { type: 'text', text: 'Paris.' },
    ]
    expect((await answerTo(completion({ message: { role: 'assistant', content } }))).text).toBe('Paris.')
  })

  test('whose end nobody knows', async () => {
    const message = { role: 'assistant', content: 'hm' }
    expect(await answerTo(completion({ message, finish_reason: 'insufficient_system_resource' }))).toMatchObject({
      text: 'hm',
      finishReason: 'other',
      usage: {},
    })
  })

  test.for([{}, { choices: [] }, { choices: [{ index: 0 }] }, { error: { message: 'overloaded' } }, []])(
    'that is none: %j',
    async (answer) => {
      const { url, requests } = await answering(200, answer)
      await expect(openai('m', { baseURL: url, apiKey: 'k' }).generate('hello')).rejects.toMatchObject({
        code: 'EVALS_MODEL_ANSWER_INVALID',
        message: expect.stringContaining('openai:m sent an answer that cannot be read: it is no chat completion'),
      })
      expect(requests).toHaveLength(6)
    },
  )
})

describe('usage of other servers', () => {
  const message = { role: 'assistant', content: 'hi' }
  const usageOf = async (usage: object): Promise<object> => (await answerTo(completion({ message }, { usage }))).usage

  test('that count reasoning apart', async () => {
    const details = { completion_tokens_details: { reasoning_tokens: 310 } }
    const xai = { prompt_tokens: 32, completion_tokens: 9, total_tokens: 351, ...details }
    expect(await usageOf(xai)).toEqual({ inputTokens: 32, outputTokens: 319, reasoningTokens: 310 })
    const openaiLike = { prompt_tokens: 32, completion_tokens: 319, total_tokens: 351, ...details }
    expect(await usageOf(openaiLike)).toEqual({ inputTokens: 32, outputTokens: 319, reasoningTokens: 310 })
  })

  test('that name cached tokens their own way', async () => {
    const deepseek = { prompt_tokens: 300, completion_tokens: 5, total_tokens: 305, prompt_cache_hit_tokens: 256 }
    expect(await usageOf(deepseek)).toEqual({ inputTokens: 300, outputTokens: 5, cachedInputTokens: 256 })
  })
})

describe('a stream', () => {
  const piece = (delta: object, more: object = {}): object => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_780_000_000,
    model: 'm-1',
    choices: [{ index: 0, delta, finish_reason: null, ...more }],
  })
  const toolPiece = (call: object): object => piece({ tool_calls: [call] })

  async function streamed(...events: readonly object[]): Promise<ModelResponse> {
    const { url } = await answering(200, eventStream(...events))
    const chunks = await Array.fromAsync(openai('m', { baseURL: url, apiKey: 'k' }).stream('hello'))
    const last = chunks.at(-1)
    return last?.type === 'response' ? last.response : expect.fail('no response')
  }

  test('has its usage in a piece of its own', async () => {
    const usage = { prompt_tokens: 8, completion_tokens: 2, total_tokens: 10 }
    const response = await streamed(
      piece({ role: 'assistant', content: '' }),
      piece({ content: 'Par' }),
      piece({ content: 'is' }),
      piece({}, { finish_reason: 'stop' }),
      { id: 'chatcmpl-1', model: 'm-1', choices: [], usage },
    )
    expect(response).toMatchObject({ text: 'Paris', model: 'openai:m-1', usage: { inputTokens: 8, outputTokens: 2 } })
  })

  test('may have its model in a later piece', async () => {
    const filters = { id: '', model: '', choices: [], prompt_filter_results: [] }
    const response = await streamed(filters, piece({ content: 'Paris' }, { finish_reason: 'stop' }))
    expect(response).toMatchObject({ text: 'Paris', model: 'openai:m-1', requestId: 'chatcmpl-1' })
  })

  test('may have thoughts before its text', async () => {
    const thoughts = [{ type: 'thinking', thinking: [{ type: 'text', text: 'It has a tower.' }] }]
    const { url } = await answering(
      200,
      eventStream(
        piece({ content: thoughts }),
        piece({ content: 'Par' }),
        piece({ content: 'is' }, { finish_reason: 'stop' }),
      ),
    )
    const chunks = await Array.fromAsync(openai('m', { baseURL: url, apiKey: 'k' }).stream('hello'))
    expect(chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : chunk.type))).toEqual(['Par', 'is', 'response'])
    expect(chunks.at(-1)).toMatchObject({ response: { text: 'Paris' } })
  })

  test('mixes the pieces of several tool calls', async () => {
    const response = await streamed(
      toolPiece({ index: 0, id: 'a', type: 'function', function: { name: 'find', arguments: '' } }),
      toolPiece({ index: 1, id: 'b', type: 'function', function: { name: 'open', arguments: '{"n"' } }),
      toolPiece({ index: 0, function: { arguments: '{"q":' } }),
      toolPiece({ index: 1, function: { arguments: ':1}' } }),
      toolPiece({ index: 0, function: { arguments: '"x"}' } }),
      piece({}, { finish_reason: 'tool_calls' }),
    )
    expect(response.toolCalls).toEqual([
      { id: 'a', name: 'find', arguments: { q: 'x' } },
      { id: 'b', name: 'open', arguments: { n: 1 } },
    ])
  })

  test('need not number its tool calls', async () => {
    const response = await streamed(
      toolPiece({ id: 'a', type: 'function', function: { name: 'find', arguments: '{"q":' } }),
      toolPiece({ function: { arguments: '"x"}' } }),
      toolPiece({ id: 'b', type: 'function', function: { name: 'open', arguments: '{}' } }),
      piece({}, { finish_reason: 'tool_calls' }),
    )
    expect(response.toolCalls).toEqual([
      { id: 'a', name: 'find', arguments: { q: 'x' } },
      { id: 'b', name: 'open', arguments: {} },
    ])
  })

  test('that tells of an error in the middle is tried again', async () => {
    const { url, requests } = await answering(
      200,
      eventStream(piece({ content: 'Par' }), { error: { message: 'The engine is overloaded', code: 503 } }),
    )
    await expect(Array.fromAsync(openai('m', { baseURL: url, apiKey: 'k' }).stream('hello'))).rejects.toMatchObject({
      code: 'EVALS_MODEL_ANSWER_INVALID',
      message: expect.stringContaining('The engine is overloaded'),
    })
    expect(requests).toHaveLength(6)
  })
})

describe('what only the server understands', () => {
  const call = { id: 'a', type: 'function', function: { name: 'find', arguments: '{}' } }
  const result: Message = { role: 'tool', content: [{ type: 'tool-result', id: 'a', name: 'find', result: 'x' }] }

  async function sentBack(answer: object | string): Promise<unknown> {
    const { url, requests } = await answering(200, answer)
    const model = openaiCompatible('m', { provider: 'vllm', baseURL: url })
    const isStream = typeof answer === 'string'
    const last = isStream ? (await Array.fromAsync(model.stream('hello'))).at(-1) : undefined
    const response = last?.type === 'response' ? last.response : await model.generate('hello')
    await (isStream
      ? Array.fromAsync(model.stream([response.message, result]))
      : model.generate([response.message, result]))
    return (requests.at(-1)!.body as { messages: unknown[] }).messages[0]
  }

  test('goes back with the results of tools', async () => {
    const message = { role: 'assistant', content: null, tool_calls: [call], reasoning_content: 'Let me look.' }
    expect(await sentBack(completion({ message, finish_reason: 'tool_calls' }))).toEqual(message)
    const signed = { ...call, extra_content: { google: { thought_signature: 's' } } }
    const other = { role: 'assistant', content: null, tool_calls: [signed] }
    expect(await sentBack(completion({ message: other, finish_reason: 'tool_calls' }))).toEqual(other)
  })

  test('also out of a stream', async () => {
    const piece = (delta: object, finish: string | null = null): object => ({
      id: 'c',
      model: 'm',
      choices: [{ index: 0, delta, finish_reason: finish }],
    })
    const answer = eventStream(
      piece({ role: 'assistant', reasoning_content: 'Let me ', reasoning_details: [{ text: 'Let me ' }] }),
      piece({ reasoning_content: 'look.', reasoning_details: [{ text: 'look.' }] }),
      piece({ tool_calls: [{ index: 0, ...call }] }),
      piece({}, 'tool_calls'),
    )
    expect(await sentBack(answer)).toEqual({
      role: 'assistant',
      content: null,
      reasoning_content: 'Let me look.',
      reasoning_details: [{ text: 'Let me ' }, { text: 'look.' }],
      tool_calls: [call],
    })
  })

  test('is not made up where there is none', async () => {
    const message = {
      role: 'assistant',
      content: null,
      refusal: null,
      annotations: [],
      audio: null,
      tool_calls: [call],
    }
    expect(await sentBack(completion({ message, finish_reason: 'tool_calls' }))).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: [call],
    })
  })
})
