import { useRequestEngine, type Message, type ModelChunk, type SlotRequest } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { anthropic } from '../anthropic.ts'
import { bodyOf, startServer } from '../transport/http-server.test-support.ts'

interface Received {
  readonly path: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: { readonly messages: unknown; readonly stream?: boolean }
}

/** A server that gives one recorded answer after the other, and keeps what it was asked. */
async function serve(...answers: readonly string[]) {
  const received: Received[] = []
  const { url } = await startServer((request, response) => {
    void bodyOf(request).then((body) => {
      const answer = answers[received.length] ?? '{}'
      received.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(body) as never })
      const type = answer.startsWith('event:') ? 'text/event-stream' : 'application/json'
      response.writeHead(200, { 'content-type': type, 'request-id': 'req_1' }).end(answer)
    })
  })
  return { url, received }
}

const thinking = { type: 'thinking', thinking: 'Paris has the tower.', signature: 'c2lnbmF0dXJl' }
const toolUse = { type: 'tool_use', id: 'toolu_1', name: 'height', input: { of: 'tower' }, caller: { type: 'direct' } }
const usage = {
  input_tokens: 7,
  cache_creation_input_tokens: 20,
  cache_read_input_tokens: 100,
  output_tokens: 42,
  output_tokens_details: { thinking_tokens: 30 },
}

function recorded(content: readonly object[], stopReason: string): string {
  return JSON.stringify({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-20260301',
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    usage,
  })
}

function streamed(events: readonly { readonly type: string }[]): string {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

beforeEach(() => useRequestEngine({ limiter: unlimited }))
afterEach(() => vi.unstubAllEnvs())

describe('answers', () => {
  test('thinking is not part of the text, and the cache counts as input', async () => {
    const { url } = await serve(recorded([thinking, { type: 'text', text: 'Paris' }], 'end_turn'))
    const response = await anthropic('claude-sonnet-5', { baseURL: url, apiKey: 'k' }).generate('Where?')
    expect(response).toMatchObject({
      text: 'Paris',
      content: [{ type: 'text', text: 'Paris' }],
      model: 'anthropic:claude-sonnet-5-20260301',
      requestId: 'req_1',
      finishReason: 'stop',
      usage: { inputTokens: 127, cachedInputTokens: 100, outputTokens: 42, reasoningTokens: 30 },
      raw: { id: 'msg_1' },
    })
  })

  test('thinking goes back as it came when the conversation goes on', async () => {
    const content = [thinking, toolUse]
    const { url, received } = await serve(recorded(content, 'tool_use'), recorded([], 'end_turn'))
    const model = anthropic('claude-sonnet-5', { baseURL: url, apiKey: 'k' })
    const question: Message = { role: 'user', content: 'How high?' }
    const first = await model.generate([question])
    expect(first.toolCalls).toEqual([{ id: 'toolu_1', name: 'height', arguments: { of: 'tower' } }])
    const result = { type: 'tool-result', id: 'toolu_1', name: 'height', result: 330 } as const
    await model.generate([question, first.message, { role: 'tool', content: [result] }])
    expect(received[1]?.body.messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'How high?' }] },
      { role: 'assistant', content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: '330' }] },
    ])
  })

  test.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool-calls'],
    ['refusal', 'content-filter'],
    ['pause_turn', 'other'],
    ['something_new', 'other'],
  ])('%s is %s', async (reason, expected) => {
    const { url } = await serve(recorded([], reason))
    const response = await anthropic('m', { baseURL: url, apiKey: 'k' }).generate('q')
    expect([response.text, response.finishReason]).toEqual(['', expected])
  })

  test('a stream gives the text as it comes, and thinking and usage at its end', async () => {
    const stream = streamed([
      {
        type: 'message_start',
        message: {
          ...(JSON.parse(recorded([], '')) as object),
          stop_reason: null,
          usage: { ...usage, output_tokens: 1 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { ...thinking, thinking: '', signature: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: thinking.thinking } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: thinking.signature } },
      { type: 'content_block_stop', index: 0 },
      { type: 'ping' },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Pa' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'ris' } },
      { type: 'content_block_stop', index: 1 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: 42, output_tokens_details: { thinking_tokens: 30 } },
      },
      { type: 'message_stop' },
    ] as { type: string }[])
    const { url, received } = await serve(stream, recorded([], 'end_turn'))
    const model = anthropic('claude-sonnet-5', { baseURL: url, apiKey: 'k' })
    const chunks = await Array.fromAsync(model.stream('Where?'))
    expect(chunks).toMatchObject([
      { type: 'text', text: 'Pa' },
      { type: 'text', text: 'ris' },
      {
        type: 'response',
        response: {
          text: 'Paris',
          finishReason: 'stop',
          requestId: 'req_1',
          usage: { inputTokens: 127, cachedInputTokens: 100, outputTokens: 42, reasoningTokens: 30 },
        },
      },
    ])
    const { response } = chunks.at(-1) as Extract<ModelChunk, { type: 'response' }>
    await model.generate([{ role: 'user', content: 'Where?' }, response.message, { role: 'user', content: 'Sure?' }])
    expect(received.map(({ body }) => body.stream === true)).toEqual([true, false])
    expect(received[1]?.body.messages).toMatchObject([{}, { content: [thinking, { text: 'Paris' }] }, {}])
  })

  test.for<[object | undefined, object]>([
    [undefined, {}],
    [{ output_tokens: 3, cache_read_input_tokens: null }, { outputTokens: 3 }],
  ])('of a usage of %j is known what it tells', async ([told, read]) => {
    const answer = JSON.parse(recorded([{ type: 'text', text: 'yes' }], 'end_turn')) as object
    const { url, received } = await serve(JSON.stringify({ ...answer, usage: told }))
    const response = await anthropic('m', { baseURL: url, apiKey: 'k' }).generate('q')
    expect(response).toMatchObject({ text: 'yes' })
    expect(response.usage).toEqual(read)
    expect(received).toHaveLength(1)
  })

  test('what is no message is tried again', async () => {
    const { url, received } = await serve(
      '{"ok":true}',
      '"text"',
      recorded([{ type: 'text', text: 'yes' }], 'end_turn'),
    )
    useRequestEngine({ limiter: unlimited, random: () => 0 })
    expect((await anthropic('m', { baseURL: url, apiKey: 'k' }).generate('q')).text).toBe('yes')
    expect(received).toHaveLength(3)
  })
})

describe('connection', () => {
  test('address and key come from the environment at the first call, headers from the options', async () => {
    const { url, received } = await serve(recorded([], 'end_turn'))
    const model = anthropic('m', { headers: { 'x-mine': '1' } })
    expect(model).toMatchObject({ provider: 'anthropic', modelId: 'm' })
    vi.stubEnv('ANTHROPIC_BASE_URL', url)
    vi.stubEnv('ANTHROPIC_API_KEY', 'sk-from-env')
    await model.generate('q')
    expect(received).toMatchObject([{ path: '/v1/messages', headers: { 'x-mine': '1' } }])
    expect(JSON.stringify(received[0]?.headers)).toContain('sk-from-env')
  })

  test('calls share a limit by address and account, and the key is not in its name', async () => {
    const { url } = await serve(...Array.from({ length: 3 }, () => recorded([], 'end_turn')))
    const keys: string[] = []
    useRequestEngine({
      limiter: {
        acquire: (key: string, request: SlotRequest) => {
          keys.push(key)
          return unlimited.acquire(key, request)
        },
      },
    })
    for (const apiKey of ['sk-one', 'sk-one', 'sk-two']) await anthropic('m', { baseURL: url, apiKey }).generate('q')
    expect(keys[0]).toMatch(/^anthropic:m http:\/\/127\.0\.0\.1:\d+ [0-9a-f]{12}$/)
    expect([keys[1] === keys[0], keys[2] === keys[0]]).toEqual([true, false])
    expect(keys.join(' ')).not.toContain('sk-')
  })

  test('without a key nothing is sent, and the variable is named', async () => {
    const { url, received } = await serve()
    vi.stubEnv('ANTHROPIC_API_KEY', undefined)
    await expect(anthropic('m', { baseURL: url }).generate('q')).rejects.toMatchObject({
      code: 'EVALS_MODEL_KEY_MISSING',
      message: expect.stringContaining('ANTHROPIC_API_KEY'),
    })
    expect(received).toEqual([])
  })
})
