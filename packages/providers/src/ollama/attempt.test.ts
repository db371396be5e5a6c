import { useRequestEngine } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ollama } from '../ollama.ts'
import { bodyOf, startServer } from '../transport/http-server.test-support.ts'

interface Answer {
  readonly status?: number
  readonly type?: string
  /** Sent one after the other. */
  readonly pieces: readonly string[]
}

/** A server that gives one recorded answer after the other, and keeps what it was asked. */
async function serve(...answers: readonly Answer[]) {
  const received: {
    readonly path: string
    readonly headers: Readonly<Record<string, unknown>>
    readonly body: unknown
  }[] = []
  const { url } = await startServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const {
        status = 200,
        type = 'application/json',
        pieces,
      } = answers[received.length] ?? { status: 500, pieces: [] }
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        body: body === '' ? undefined : JSON.parse(body),
      })
      response.writeHead(status, { 'content-type': type })
      for (const text of pieces) {
        response.write(text)
        await new Promise(setImmediate)
      }
      response.end()
    })
  })
  return { url, received }
}

const base = { model: 'qwen3:8b', created_at: '2026-01-02T03:04:05.678Z' }
const ending = { done: true, done_reason: 'stop', total_duration: 9, prompt_eval_count: 11, eval_count: 22 }
const calls = [{ function: { name: 'now', arguments: {} } }, { function: { name: 'add', arguments: { a: 1 } } }]

function whole(message: object, more: object = {}): Answer {
  return { pieces: [JSON.stringify({ ...base, ...ending, message: { role: 'assistant', ...message }, ...more })] }
}

function piece(message: object, more: object = { done: false }): string {
  return `${JSON.stringify({ ...base, message: { role: 'assistant', ...message }, ...more })}\n`
}

beforeEach(() => useRequestEngine({ limiter: unlimited, random: () => 0 }))
afterEach(() => vi.unstubAllEnvs())

test('an answer with thinking and tool calls', async () => {
  const { url } = await serve(whole({ content: 'One moment.', thinking: 'Hm.', tool_calls: calls }))
  const prompt = [{ role: 'system', content: 's' } as const, { role: 'user', content: 'q' } as const]
  expect(await ollama('qwen3:8b', { baseURL: url }).generate(prompt)).toMatchObject({
    text: 'One moment.',
    toolCalls: [
      { id: 'call_2_0', name: 'now', arguments: {} },
      { id: 'call_2_1', name: 'add', arguments: { a: 1 } },
    ],
    finishReason: 'tool-calls',
    usage: { inputTokens: 11, outputTokens: 22 },
    model: 'ollama:qwen3:8b',
    raw: { message: { thinking: 'Hm.' } },
  })
})

test.each([
  ['stop', 'stop'],
  ['length', 'length'],
  ['load', 'other'],
])('%s is %s', async (reason, expected) => {
  const { url } = await serve(whole({ content: '' }, { done_reason: reason, prompt_eval_count: undefined }))
  const response = await ollama('m', { baseURL: url }).generate('q')
  expect([response.finishReason, response.usage, response.text]).toEqual([expected, { outputTokens: 22 }, ''])
})

test('a stream is read line by line, wherever it is cut', async () => {
  const lines = [
    piece({ content: '', thinking: 'H' }),
    piece({ content: '', thinking: 'm.' }),
    piece({ content: 'Grüße' }),
    '\n',
    piece({ content: ' aus Köln' }),
    piece({ content: '', tool_calls: calls.slice(1) }),
    piece({ content: '' }, ending),
  ].join('')
  const bytes = Buffer.from(lines)
  // In the middle of a line, and of a letter.
  const cuts = [0, 30, bytes.indexOf('ü') + 1, bytes.indexOf('Köln'), bytes.length]
  const { url } = await startServer((_request, response) => {
    void (async () => {
      for (const [index, end] of cuts.slice(1).entries()) {
        response.write(bytes.subarray(cuts[index], end))
        await new Promise(setImmediate)
      }
      response.end()
    })()
  })
  const chunks = await Array.fromAsync(ollama('qwen3:8b', { baseURL: url }).stream('q'))
  expect(chunks).toMatchObject([
    { type: 'text', text: 'Grüße' },
    { type: 'text', text: ' aus Köln' },
    {
      type: 'response',
      response: {
        text: 'Grüße aus Köln',
        toolCalls: [{ id: 'call_1_0', name: 'add', arguments: { a: 1 } }],
        finishReason: 'tool-calls',
        usage: { inputTokens: 11, outputTokens: 22 },
        raw: { message: { thinking: 'Hm.' }, total_duration: 9 },
      },
    },
  ])
})

test('what a stream says went wrong is the error, and it begins again', async () => {
  const { url, received } = await serve(
    { pieces: [piece({ content: 'a' }), '{"error":"out of memory"}\n'] },
    { pieces: [piece({ content: 'b' }), 'not JSON\n', piece({ content: 'c' }, ending)] },
    { pieces: [piece({ content: 'd' }, ending)] },
  )
  const chunks = await Array.fromAsync(ollama('m', { baseURL: url }).stream('q'))
  expect(chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : chunk.type))).toEqual([
    'a',
    'restart',
    'b',
    'restart',
    'd',
    'response',
  ])
  expect(received).toHaveLength(3)
})

test.each([
  ['an error of the server', { status: 404, pieces: ['{"error":"model \\"m\\" not found"}'] }, 'model "m" not found'],
  ["a proxy's page", { status: 404, type: 'text/html', pieces: ['<h1>Nobody here</h1>'] }, '<h1>Nobody here</h1>'],
  ['nothing at all', { status: 404, pieces: [] }, 'HTTP 404'],
])('%s is told in the error, and not on the console', async (_name, answer, words) => {
  const { url } = await serve(answer)
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
  await expect(ollama('m', { baseURL: url }).generate('q')).rejects.toMatchObject({
    code: 'EVALS_MODEL_UNKNOWN',
    message: expect.stringContaining(words),
    details: { status: 404 },
  })
  expect(printed).not.toHaveBeenCalled()
  printed.mockRestore()
})

test('what is no answer is tried again', async () => {
  const { url, received } = await serve({ pieces: ['{"ok":true}'] }, { pieces: ['null'] }, whole({ content: 'yes' }))
  expect((await ollama('m', { baseURL: url }).generate('q')).text).toBe('yes')
  expect(received).toHaveLength(3)
})

test('the address comes from the environment at the first call, and costs nothing', async () => {
  const { url, received } = await serve(whole({ content: 'a' }), whole({ content: 'b' }))
  const model = ollama('m', { headers: { 'x-mine': '1' } })
  const releases: unknown[] = []
  useRequestEngine({
    limiter: { acquire: async (key) => ({ release: (outcome) => releases.push([key, outcome.costUsd]) }) },
  })
  vi.stubEnv('OLLAMA_HOST', url.replace('http://', ''))
  await model.generate('q')
  vi.stubEnv('OLLAMA_API_KEY', 'sk-ollama')
  await model.generate('q')
  expect(received).toMatchObject([
    { path: '/api/chat', headers: { 'x-mine': '1' }, body: { stream: false } },
    { headers: { 'x-mine': '1', authorization: 'Bearer sk-ollama' } },
  ])
  expect(received[0]?.headers).not.toHaveProperty('authorization')
  expect(releases).toEqual([
    [expect.stringMatching(/^ollama:m http:\/\/127\.0\.0\.1:\d+$/), 0],
    [expect.stringMatching(/^ollama:m http:\/\/127\.0\.0\.1:\d+ [0-9a-f]{12}$/), 0],
  ])
})
