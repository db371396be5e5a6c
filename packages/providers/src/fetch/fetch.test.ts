import { createOpenAI } from '@ai-sdk/openai'
import Anthropic from '@anthropic-ai/sdk'
import { systemClock, type Clock } from '@evals/core'
import { generateText, streamText } from 'ai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openai } from '../openai.ts'
import { answering, eventStream } from '../openai/answering-server.test-support.ts'
import { bodyOf, startServer } from '../transport/http-server.test-support.ts'
import { useModelServers } from '../vendor/model-servers.test-support.ts'
import { fetch } from './fetch.ts'
import { recordOf } from '../vendor/record-of.test-support.ts'
import { memoryCache, watchEngine } from './watched-engine.test-support.ts'

const servers = useModelServers()
const apiKey = 'sk-of-the-application'
const question = (content: string) => ({ model: 'gpt-5-mini', messages: [{ role: 'user' as const, content }] })

function clientOf({ url } = servers.server, options: { maxRetries?: number } = {}): OpenAI {
  return new OpenAI({ fetch, apiKey, baseURL: `${url}/v1`, ...options })
}

beforeEach(async () => {
  await servers.server.configure({})
  await servers.server.reset()
})

/** The texts of what an iteration gives, joined. */
async function joined<Piece>(pieces: AsyncIterable<Piece>, textOf: (piece: Piece) => unknown): Promise<string> {
  const texts = await Array.fromAsync(pieces, (piece) => textOf(piece) ?? '')
  return texts.map(String).join('')
}

describe('clients that applications use', () => {
  const { model, provider } = { model: 'gpt-5-mini', provider: 'openai' }
  const ai = (): ReturnType<typeof createOpenAI> => createOpenAI({ fetch, apiKey, baseURL: `${servers.server.url}/v1` })
  const anthropic = (): Anthropic => new Anthropic({ fetch, apiKey, baseURL: servers.server.url })
  const ollama = (): Ollama => new Ollama({ fetch, host: servers.server.url })
  const messages = [{ role: 'user' as const, content: 'words: 12' }]

  const uses: Readonly<Record<string, { readonly model?: string; use(): Promise<string | undefined | null> }>> = {
    'OpenAI, chat': {
      use: async () => (await clientOf().chat.completions.create({ model, messages })).choices[0]?.message.content,
    },
    'OpenAI, chat as a stream': {
      async use() {
        const stream_options = { include_usage: true }
        const stream = await clientOf().chat.completions.create({ model, messages, stream: true, stream_options })
        return joined(stream, ({ choices }) => choices[0]?.delta.content)
      },
    },
    'OpenAI, responses': {
      use: async () => (await clientOf().responses.create({ model, input: 'words: 12' })).output_text,
    },
    'OpenAI, responses as a stream': {
      async use() {
        const stream = await clientOf().responses.create({ model, input: 'words: 12', stream: true })
        return joined(stream, (event) => (event.type === 'response.output_text.delta' ? event.delta : ''))
      },
    },
    Anthropic: {
      model: 'anthropic:claude-sonnet-5',
      async use() {
        const message = await anthropic().messages.create({ model: 'claude-sonnet-5', max_tokens: 99, messages })
        return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('')
      },
    },
    'Anthropic as a stream': {
      model: 'anthropic:claude-sonnet-5',
      use: () => anthropic().messages.stream({ model: 'claude-sonnet-5', max_tokens: 99, messages }).finalText(),
    },
    Ollama: {
      model: 'ollama:llama3.2',
      use: async () => (await ollama().chat({ model: 'llama3.2', messages })).message.content,
    },
    'Ollama as a stream': {
      model: 'ollama:llama3.2',
      use: async () =>
        joined(await ollama().chat({ model: 'llama3.2', messages, stream: true }), ({ message }) => message.content),
    },
    'the AI SDK': { use: async () => (await generateText({ model: ai()(model), prompt: 'words: 12' })).text },
    'the AI SDK as a stream': {
      use: async () => joined(streamText({ model: ai()(model), prompt: 'words: 12' }).textStream, (text) => text),
    },
    'the AI SDK, chat as a stream': {
      use: async () => joined(streamText({ model: ai().chat(model), prompt: 'words: 12' }).textStream, (text) => text),
    },
  }

  test.for(Object.entries(uses))('%s: limited, recorded and priced', async ([, { model: name, use }]) => {
    const slots = watchEngine()
    const record = await recordOf(use)
    const { tokens, requests } = await servers.server.stats()
    const usage = { inputTokens: tokens.input, outputTokens: tokens.output }
    expect(String(record.output).split(' ')).toHaveLength(12)
    expect(record.calls).toMatchObject([
      { model: name ?? `${provider}:${model}`, purpose: 'task', retries: 0, cached: false, usage },
    ])
    expect(record.calls[0]?.firstTokenMs).toBeLessThanOrEqual(record.calls[0]!.durationMs)
    if (name !== 'ollama:llama3.2') {
      expect(record.costUsd).toBeGreaterThan(0)
      expect(record.calls[0]?.requestId).toEqual(expect.any(String))
    }
    expect(record.trace).toMatchObject([{ type: 'model', call: 0 }])
    expect(requests).toBe(1)
    expect(slots).toMatchObject([{ outcome: { result: 'answered', ...usage } }])
    expect(JSON.stringify([record, slots])).not.toContain(apiKey)
  })

  test('embeddings too', async () => {
    watchEngine()
    const record = await recordOf(async () => {
      const { data } = await clientOf().embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'] })
      return data.length
    })
    expect(record).toMatchObject({
      output: 2,
      calls: [{ model: 'openai:text-embedding-3-small', usage: { inputTokens: 2 } }],
    })
  })
})

test("an application's calls share their limit with the models of the evaluation", async () => {
  const slots = watchEngine()
  const baseURL = `${servers.server.url}/v1`
  await clientOf().chat.completions.create({ ...question('echo: hello'), max_completion_tokens: 50 })
  await openai('gpt-5-mini', { baseURL, apiKey }).generate('echo: hello', { maxOutputTokens: 50 })
  await openai('gpt-5-mini', { baseURL, apiKey: 'sk-another' }).generate('echo: hello')
  expect(slots[0]?.key).toBe(slots[1]?.key)
  expect(slots[0]?.key).not.toBe(slots[2]?.key)
  expect(slots[0]?.request.estimate).toMatchObject({ maxOutputTokens: 50, price: slots[1]?.request.estimate.price })
  expect(slots[0]?.request.estimate.inputTokens).toBeGreaterThan(2)
})

describe('what goes wrong', () => {
  test('is tried again by the path, and the application sees only the answer', async () => {
    const results = { serverError: 'failed', connectionReset: 'failed', brokenJson: 'unusable', html: 'unusable' }
    for (const [fault, result] of Object.entries(results)) {
      await servers.server.reset()
      const slots = watchEngine()
      const record = await recordOf(async () => {
        const completion = await clientOf().chat.completions.create(question(`fault: ${fault} 2\necho: Paris`))
        return completion.choices[0]?.message.content
      })
      expect(record).toMatchObject({ output: 'Paris', calls: [{ retries: 2 }] })
      expect(slots.map(({ outcome }) => outcome?.result)).toEqual([result, result, 'answered'])
      expect((await servers.server.stats()).requests).toBe(3)
    }
  })

  test("ends with the client's own error, once the path gives up, and no key in the record", async () => {
    watchEngine()
    await servers.server.configure({ apiKey: 'another' })
    const record = await recordOf(() => clientOf().chat.completions.create(question('echo: hello')))
    expect(record).toMatchObject({
      outcome: 'error',
      error: { message: '401 Incorrect API key provided' },
      calls: [{ error: { code: 'EVALS_MODEL_KEY_INVALID' } }],
    })
    expect(JSON.stringify(record)).not.toContain(apiKey)
    await expect(clientOf().chat.completions.create(question('echo: hello'))).rejects.toThrow(
      OpenAI.AuthenticationError,
    )
    expect((await servers.server.stats()).requests).toBe(2)
  })

  test("is not multiplied by a client's own retries", async () => {
    watchEngine()
    await servers.server.configure({ downFromMs: 0 })
    for (const client of [clientOf(), new Anthropic({ fetch, apiKey, baseURL: servers.server.url })]) {
      await servers.server.reset()
      const failed =
        client instanceof OpenAI
          ? client.chat.completions.create(question('echo: hello'))
          : client.messages.create({ ...question('echo: hello'), max_tokens: 9 })
      await expect(failed).rejects.toMatchObject({ status: 503 })
      expect((await servers.server.stats()).requests).toBe(6)
    }
  })

  test('with 200 is given to the application as it came, after the last attempt', async () => {
    watchEngine()
    const url = `${servers.server.url}/v1/chat/completions`
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(question('fault: html 99')) })
    expect(response).toMatchObject({ status: 200, url })
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toContain('<title>Sign in</title>')
    expect((await servers.server.stats()).requests).toBe(6)
  })

  test('where nobody answers is thrown', async () => {
    watchEngine()
    const { server, url } = await startServer(() => {})
    server.close()
    const failed = fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(question('hello')) })
    await expect(failed).rejects.toMatchObject({ code: 'EVALS_MODEL_UNAVAILABLE' })
  })

  test("a server's words are shown without the key", async () => {
    const { url } = await answering(403, { error: { message: `Key ${apiKey} may not do this` } })
    watchEngine()
    const record = await recordOf(() =>
      clientOf({ ...servers.server, url })
        .chat.completions.create(question('hello'))
        .catch(() => 'refused'),
    )
    expect(record).toMatchObject({
      output: 'refused',
      calls: [{ error: { message: expect.stringContaining('Key ***') } }],
    })
    expect(JSON.stringify(record)).not.toContain(apiKey)
  })

  test('a word that servers without keys are given as one is shown', async () => {
    const { url } = await answering(404, { error: { message: 'try pulling it with ollama' } })
    watchEngine()
    const client = new OpenAI({ fetch, apiKey: 'ollama', baseURL: `${url}/v1` })
    const record = await recordOf(() => client.chat.completions.create(question('hello')).catch(() => 'refused'))
    expect(record.calls[0]?.error?.message).toContain('pulling it with ollama')
  })
})

describe('a stream', () => {
  const streamed = (content: string, signal?: AbortSignal) =>
    clientOf().chat.completions.create({ ...question(content), stream: true }, { ...(signal && { signal }) })

  test('is passed on as it comes', async () => {
    watchEngine()
    await servers.server.configure({ tokenMs: 15 })
    const startedAt = performance.now()
    const times: number[] = []
    for await (const chunk of await streamed('words: 30')) {
      if (chunk.choices[0]?.delta.content) times.push(performance.now() - startedAt)
    }
    expect(times[0]).toBeLessThan(times.at(-1)! / 2)
  })

  test('that ends early is an error for the application too', async () => {
    const slots = watchEngine()
    const record = await recordOf(async () => joined(await streamed('fault: earlyEnd 9\nwords: 40'), () => ''))
    expect(record).toMatchObject({
      outcome: 'error',
      error: { message: expect.stringContaining('the stream ended before the answer did') },
      calls: [{ retries: 0, error: { code: 'EVALS_MODEL_ANSWER_INVALID' } }],
    })
    expect(slots).toHaveLength(1)
    expect((await servers.server.stats()).requests).toBe(1)
  })

  test('that breaks off is one as well', async () => {
    const slots = watchEngine()
    const { url } = await startServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"choices":[{"delta":{"content":"Par"}}]}\n\n', () => response.destroy())
    })
    const record = await recordOf(async () => {
      const client = clientOf({ ...servers.server, url })
      return joined(await client.chat.completions.create({ ...question('hello'), stream: true }), () => '')
    })
    expect(record).toMatchObject({ outcome: 'error', calls: [{ error: { code: 'EVALS_MODEL_UNAVAILABLE' } }] })
    expect(slots).toHaveLength(1)
  })

  test.for([
    ['/v1/messages', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }],
    ['/v1/chat/completions', { error: { message: 'Overloaded', code: 503 } }],
    ['/v1/responses', { type: 'error', code: 'server_error', message: 'Overloaded' }],
    ['/v1beta/models/m:streamGenerateContent', { error: { code: 503, message: 'Overloaded' } }],
    ['/v1/responses', { type: 'response.failed', response: { output: [], error: { message: 'Overloaded' } } }],
    ['/api/chat', { error: 'Overloaded' }],
  ] as const)('that tells of an error is given as it is, and its words are recorded: %s', async ([path, event]) => {
    const text = eventStream({}, event)
    const { url } = await answering(200, text)
    watchEngine()
    const record = await recordOf(async () => {
      const response = await fetch(url + path, { method: 'POST', body: JSON.stringify({ model: 'm' }) })
      return response.text()
    })
    expect(record).toMatchObject({
      output: text,
      calls: [{ retries: 0, error: { message: expect.stringContaining('with an error: Overloaded. Its beginning') } }],
    })
  })

  test('that is over without a reason why reaches the application to its end', async () => {
    const text = eventStream({ choices: [{ delta: { content: 'Paris' } }] })
    const { url } = await answering(200, text)
    const slots = watchEngine()
    const init = { method: 'POST', body: JSON.stringify(question('hello')) }
    expect(await (await fetch(`${url}/v1/chat/completions`, init)).text()).toBe(text)
    expect(slots).toMatchObject([{ outcome: { result: 'answered' } }])
  })

  test("that tells of an error is the client's own error", async () => {
    watchEngine()
    const { url } = await startServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const error = { type: 'overloaded_error', message: `Overloaded, ${apiKey}` }
      // The server leaves the connection open.
      response.write(`event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`)
    })
    const client = new Anthropic({ fetch, apiKey, baseURL: url })
    const request = { ...question('hello'), max_tokens: 9, stream: true } as const
    const record = await recordOf(async () =>
      joined(await client.messages.create(request), () => '').catch((error: unknown) =>
        error instanceof Anthropic.APIError ? error.type : 'another',
      ),
    )
    expect(record).toMatchObject({
      output: 'overloaded_error',
      calls: [{ error: { code: 'EVALS_MODEL_UNAVAILABLE', message: expect.stringContaining('Overloaded, ***') } }],
    })
  })

  test("that outlasts the attempt's time ends with an error, and is not asked for again", async () => {
    let endAttempt = (): void => {}
    const after: Clock['after'] = (ms, callback) => {
      if (ms < 500_000) return systemClock.after(ms, callback)
      endAttempt = callback
      return () => {}
    }
    const clock = { ...systemClock, after }
    const slots = watchEngine({ clock })
    let requests = 0
    const { url } = await startServer((_request, response) => {
      requests += 1
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"choices":[{"delta":{"content":"Par"}}]}\n\n')
      if (requests > 1) response.end('data: [DONE]\n\n')
    })
    const record = await recordOf(async () => {
      const client = clientOf({ ...servers.server, url })
      const stream = await client.chat.completions.create({ ...question('hello'), stream: true })
      return joined(stream, () => endAttempt())
    })
    const message = expect.stringContaining('the stream did not end within 600000 ms')
    expect(record).toMatchObject({
      outcome: 'error',
      error: { message },
      calls: [{ retries: 0, error: { code: 'EVALS_MODEL_TIMEOUT', message } }],
    })
    expect(record.calls[0]).not.toHaveProperty('costUsd')
    expect(slots).toHaveLength(1)
    expect(requests).toBe(1)
  })

  test('that the application leaves closes the connection', async () => {
    const slots = watchEngine()
    await servers.server.configure({ tokenMs: 20 })
    const byClient = await recordOf(async () => {
      for await (const chunk of await streamed('words: 2000')) {
        const text = chunk.choices[0]?.delta.content
        if (text) return text
      }
      return undefined
    })
    // The client aborts its request when the loop is left.
    expect(byClient).toMatchObject({ output: expect.any(String), calls: [{ error: { name: 'AbortError' } }] })
    const byHand = await recordOf(async () => {
      const request = {
        model: 'claude-sonnet-5',
        max_tokens: 9999,
        stream: true,
        messages: question('words: 2000').messages,
      }
      const init = { method: 'POST', body: JSON.stringify(request) }
      const { body } = await fetch(`${servers.server.url}/v1/messages`, init)
      const reader: ReadableStreamDefaultReader<Uint8Array> = body!.getReader()
      const { value } = await reader.read()
      await reader.cancel()
      return new TextDecoder().decode(value)
    })
    // What was read of the usage counts.
    expect(byHand).toMatchObject({ output: expect.stringContaining('message_start'), usage: { inputTokens: 3 } })
    expect(byHand.calls).toMatchObject([{ model: 'anthropic:claude-sonnet-5', retries: 0 }])
    expect(byHand.calls[0]).not.toHaveProperty('error')
    expect(slots.map(({ outcome }) => outcome?.result)).toEqual(['aborted', 'answered'])
    await expect.poll(async () => (await servers.server.stats()).aborts.total).toBe(2)
    expect((await servers.server.stats()).inFlight).toBe(0)
  })

  test('frees its slot when the server has finished, however slowly the application reads', async () => {
    const slots = watchEngine()
    const request = { method: 'POST', body: JSON.stringify({ ...question('words: 500'), stream: true }) }
    const response = await fetch(`${servers.server.url}/v1/chat/completions`, request)
    await expect.poll(() => slots[0]?.outcome?.result).toBe('answered')
    expect(await response.text()).toContain('data: [DONE]')
  })
})

describe('an abort of the application', () => {
  test.for([
    ['before the answer', 'fault: hang 9', false],
    ['in the middle of a stream', 'fault: stall 9\nwords: 40', true],
  ] as const)('%s closes the connection', async ([, content, stream]) => {
    const slots = watchEngine()
    const controller = new AbortController()
    const asked = clientOf().chat.completions.create({ ...question(content), stream }, { signal: controller.signal })
    const read = stream ? asked.then((chunks) => joined(chunks as AsyncIterable<unknown>, () => '')) : asked
    const ended = Promise.resolve(read).catch((error: unknown) => error)
    await expect.poll(async () => (await servers.server.stats()).inFlight).toBe(1)
    if (stream) await asked
    controller.abort()
    await ended
    await expect.poll(async () => (await servers.server.stats()).aborts.total).toBe(1)
    expect(slots).toMatchObject([{ outcome: { result: 'aborted' } }])
  })

  test("so does the sample's end", async () => {
    const slots = watchEngine()
    const record = await recordOf(async () => {
      const controller = new AbortController()
      const url = `${servers.server.url}/v1/chat/completions`
      const init = { method: 'POST', body: JSON.stringify(question('fault: hang 9')), signal: controller.signal }
      const failed = fetch(new Request(url, init)).catch((error: Error) => error.message)
      await expect.poll(async () => (await servers.server.stats()).inFlight).toBe(1)
      controller.abort(new Error('enough'))
      return failed
    })
    expect(record.output).toBe('enough')
    expect(slots).toMatchObject([{ outcome: { result: 'aborted' } }])
  })
})

describe('the cache', () => {
  const send = async (body: object): Promise<Response> =>
    fetch(`${servers.server.url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${apiKey}`, cookie: 'session=secret' },
    })

  test('answers a second time as the server did, also with a stream', async () => {
    const cache = memoryCache()
    watchEngine({ cache })
    for (const body of [question('echo: Paris'), { ...question('echo: Paris'), stream: true }]) {
      const first = await send(body)
      const text = await first.text()
      const record = await recordOf(async () => {
        const again = await send(body)
        expect(again).toMatchObject({ status: 200, url: first.url })
        expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
        expect(again.headers.get('x-request-id')).toBe(first.headers.get('x-request-id'))
        return again.text()
      })
      expect(record).toMatchObject({ output: text, costUsd: 0, calls: [{ cached: true }] })
    }
    expect((await servers.server.stats()).requests).toBe(2)
    const stored = JSON.stringify([...cache.entries])
    expect(stored).not.toContain(apiKey)
    expect(stored).not.toContain('secret')
  })

  test('tells queries apart, but for keys in them', async () => {
    const cache = memoryCache()
    watchEngine({ cache })
    const { url } = await startServer((request, response) => {
      const answer = JSON.stringify({ candidates: [{ content: { parts: [{ text: 'x' }] }, finishReason: 'STOP' }] })
      const isStream = request.url?.includes('alt=sse') === true
      response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
      response.end(isStream ? `data: ${answer}\n\n` : `[${answer}]`)
    })
    const ask = async (query: string): Promise<string> => {
      const path = `${url}/v1beta/models/gemini-3:streamGenerateContent${query}`
      return (await fetch(path, { method: 'POST', body: '{"contents":[]}' })).text()
    }
    expect(await ask(`?alt=sse&key=${apiKey}`)).toMatch(/^data: /)
    expect(await ask(`?key=${apiKey}`)).toMatch(/^\[/)
    expect(await ask('?key=another&alt=sse')).toMatch(/^data: /)
    expect(await ask('')).toMatch(/^\[/)
    expect(cache.entries.size).toBe(2)
    expect(JSON.stringify([...cache.entries])).not.toMatch(/sk-of|another/)
  })

  test.for([
    ['/v1/chat/completions', { error: { message: `No credits, ${apiKey}`, code: 402 } }],
    ['/v1/responses', { status: 'failed', output: [], error: { message: `No credits, ${apiKey}` } }],
    ['/v1beta/models/m:streamGenerateContent', [{ error: { message: `No credits, ${apiKey}` } }]],
    ['/v1/messages', `No credits, ${apiKey}`],
  ] as const)(
    'keeps no error that comes with status 200, which is an error in the record: %s',
    async ([path, answer]) => {
      const cache = memoryCache()
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
      const { url, requests } = await answering(200, text, 'application/json')
      watchEngine({ cache })
      const init = { method: 'POST', body: '{"model":"m"}', headers: { authorization: `Bearer ${apiKey}` } }
      const record = await recordOf(async () => (await fetch(url + path, init)).text())
      expect(record.output).toBe(text)
      const message = expect.stringContaining('No credits, ***')
      expect(record.calls).toMatchObject([{ retries: 5, error: { code: 'EVALS_MODEL_ANSWER_INVALID', message } }])
      expect(requests).toHaveLength(6)
      expect(cache.entries.size).toBe(0)
    },
  )

  test.for<[string, object]>([
    ['/v1/chat/completions', { choices: [{ finish_reason: 'content_filter', message: { content: '' } }] }],
    ['/v1/chat/completions', { choices: [{ finish_reason: 'stop', message: { refusal: 'no' } }] }],
    ['/v1/responses', { output: [{ content: [{ type: 'refusal', refusal: 'no' }] }] }],
    ['/v1/responses', { output: [], incomplete_details: { reason: 'content_filter' } }],
    ['/v1/messages', { type: 'message', content: [], stop_reason: 'refusal' }],
    ['/v1beta/models/m:generateContent', { promptFeedback: { blockReason: 'SAFETY' } }],
    ['/v1beta/models/m:generateContent', { candidates: [{ finishReason: 'SAFETY' }] }],
  ])('keeps no answer that a filter stopped: %s %j', async ([path, answer]) => {
    const cache = memoryCache()
    const { url } = await answering(200, answer)
    const slots = watchEngine({ cache })
    await (await fetch(url + path, { method: 'POST', body: '{"model":"m"}' })).text()
    expect(slots).toMatchObject([{ outcome: { result: 'answered' } }])
    expect(cache.entries.size).toBe(0)
  })

  test('keeps neither errors, nor broken streams, nor cookies', async () => {
    const cache = memoryCache()
    watchEngine({ cache })
    await servers.server.configure({ models: ['another'] })
    expect((await send(question('echo: hello'))).status).toBe(404)
    await servers.server.configure({})
    const broken = await send({ ...question('fault: earlyEnd 9\nwords: 40'), stream: true })
    await expect(broken.text()).rejects.toMatchObject({ code: 'EVALS_MODEL_ANSWER_INVALID' })
    const left = await send({ ...question('words: 2000'), stream: true })
    await left.body?.cancel()
    expect(cache.entries.size).toBe(0)
    const whole = '{"choices":[{"finish_reason":"stop"}]}'
    const { url } = await startServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'a=secret', 'x-api-key': 'secret' })
      response.end(whole)
    })
    await (await fetch(`${url}/chat/completions`, { method: 'POST', body: JSON.stringify(question('q')) })).text()
    expect([...cache.entries.values()].map((entry) => JSON.parse(entry) as unknown)).toMatchObject([
      { result: { status: 200, headers: { 'content-type': 'application/json' }, body: whole } },
    ])
    expect(JSON.stringify([...cache.entries])).not.toContain('secret')
  })
})

describe('other requests', () => {
  test('go out as they are', async () => {
    const slots = watchEngine()
    const { url } = await startServer((request, response) => {
      void bodyOf(request).then((body) => response.writeHead(503).end(`${request.method} ${request.url} ${body}`))
    })
    const get = await fetch(`${url}/v1/models`)
    expect([get.status, await get.text()]).toEqual([503, 'GET /v1/models '])
    const post = await fetch(new Request(`${url}/search`, { method: 'POST', body: '{"model":"m"}' }))
    expect(await post.text()).toBe('POST /search {"model":"m"}')
    const odd = await fetch(`${url}/chat/completions`, { method: 'POST', body: 'no JSON' })
    expect(await odd.text()).toBe('POST /chat/completions no JSON')
    expect(slots).toEqual([])
  })

  test('ours may take the place of the built-in one', async () => {
    const slots = watchEngine()
    const builtIn = globalThis.fetch
    globalThis.fetch = fetch
    onTestFinished(() => void (globalThis.fetch = builtIn))
    const { url } = servers.server
    const client = new OpenAI({ apiKey, baseURL: `${url}/v1` })
    await client.chat.completions.create(question('echo: hello'))
    expect(await (await globalThis.fetch(`${url}/health`)).json()).toEqual({ status: 'ok' })
    expect(slots).toHaveLength(1)
  })

  test('files can be sent', async () => {
    const slots = watchEngine()
    const { url } = await startServer((request, response) => {
      void bodyOf(request).then((body) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ text: body.includes('the bytes') ? 'heard' : 'nothing' }))
      })
    })
    const client = clientOf({ ...servers.server, url })
    const file = new File(['the bytes'], 'a.wav')
    expect(await client.audio.transcriptions.create({ model: 'whisper-1', file })).toMatchObject({ text: 'heard' })
    expect(slots).toEqual([])
  })
})

test('a request of any make is recognised', async () => {
  const { url, requests } = await answering(200, { choices: [] })
  const slots = watchEngine()
  const path = `${url}/openai/deployments/mini/chat/completions?api-version=1`
  const body = JSON.stringify({ messages: [] })
  await fetch(new Request(path, { method: 'POST', body, headers: { 'api-key': 'k' } }))
  await fetch(new URL(path), { method: 'POST', body: new TextEncoder().encode(body), headers: [['api-key', 'k']] })
  expect(slots.map(({ key }) => key.replace(/ [0-9a-f]{12}$/, ' HASH'))).toEqual(
    Array<string>(2).fill(`openai:mini ${url}/openai HASH`),
  )
  expect(requests.map(({ path: sent, headers, body: read }) => [sent, headers['api-key'], read])).toEqual(
    Array<unknown>(2).fill(['/openai/deployments/mini/chat/completions?api-version=1', 'k', { messages: [] }]),
  )
})
