import {
  APICallError,
  InvalidResponseDataError,
  LoadAPIKeyError,
  UnsupportedFunctionalityError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4Content,
  type LanguageModelV4GenerateResult,
  type LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { useRequestEngine, type GenerateOptions, type LanguageModel, type Message, type ModelChunk } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { aiSdk, type AiSdkOptions } from '../ai-sdk.ts'

type Result = Partial<LanguageModelV4GenerateResult>

const usage = {
  inputTokens: { total: 10, noCache: 6, cacheRead: 4, cacheWrite: undefined },
  outputTokens: { total: 7, text: 2, reasoning: 5 },
}
const stopped = { unified: 'stop', raw: 'end' } as const

function result(content: readonly LanguageModelV4Content[], more: Result = {}): LanguageModelV4GenerateResult {
  return { content: [...content], finishReason: stopped, usage, warnings: [], ...more }
}

type Answer = LanguageModelV4GenerateResult | readonly LanguageModelV4StreamPart[] | Error

/** An AI SDK model that gives one answer after the other, and the options it was called with. */
function scripted(answers: readonly Answer[], options: AiSdkOptions = {}) {
  const asked: LanguageModelV4CallOptions[] = []
  const next = (callOptions: LanguageModelV4CallOptions): Answer => {
    asked.push(callOptions)
    const answer = answers[asked.length - 1]!
    if (answer instanceof Error) throw answer
    return answer
  }
  const sdkModel: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'google.generative-ai',
    modelId: 'gemini',
    supportedUrls: {},
    doGenerate: async (callOptions) => next(callOptions) as LanguageModelV4GenerateResult,
    doStream: async (callOptions) => ({
      stream: ReadableStream.from(next(callOptions) as readonly LanguageModelV4StreamPart[]),
      response: { headers: { 'x-goog-request-id': 'req_s' } },
    }),
  }
  return { model: aiSdk(sdkModel, options), asked }
}

async function questionOf(prompt: Parameters<LanguageModel['generate']>[0], options: GenerateOptions = {}) {
  const { model, asked } = scripted([result([{ type: 'text', text: 'null' }])])
  await model.generate(prompt, options)
  return asked[0]!
}

beforeEach(() => useRequestEngine({ limiter: unlimited, random: () => 0 }))

describe('what it asks', () => {
  test('every option', async () => {
    const parameters = { type: 'object', properties: {} }
    const { prompt, abortSignal, ...options } = await questionOf('hi', {
      maxOutputTokens: 5,
      temperature: 0,
      topP: 0.5,
      stop: ['END'],
      seed: 3,
      reasoning: 'low',
      schema: { type: 'null' },
      tools: [
        { name: 'now', parameters },
        { name: 'add', description: 'adds', parameters },
      ],
      toolChoice: { name: 'add' },
      providerOptions: { google: { cachedContent: 'c' } },
    })
    expect(prompt).toEqual([{ role: 'user', content: [{ type: 'text', text: 'hi' }] }])
    expect(abortSignal).toBeInstanceOf(AbortSignal)
    expect(options).toEqual({
      maxOutputTokens: 5,
      temperature: 0,
      topP: 0.5,
      stopSequences: ['END'],
      seed: 3,
      reasoning: 'low',
      responseFormat: { type: 'json', schema: { type: 'null' } },
      tools: [
        { type: 'function', name: 'now', inputSchema: parameters },
        { type: 'function', name: 'add', description: 'adds', inputSchema: parameters },
      ],
      toolChoice: { type: 'tool', toolName: 'add' },
      providerOptions: { google: { cachedContent: 'c' } },
    })
    expect((await questionOf('hi', { toolChoice: 'required' })).toolChoice).toEqual({ type: 'required' })
  })

  test('a conversation of all roles and parts', async () => {
    const { prompt } = await questionOf([
      {
        role: 'system',
        content: [
          { type: 'text', text: 'be ' },
          { type: 'text', text: 'brief' },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'see' },
          { type: 'image', data: new Uint8Array([1, 2, 3]), mediaType: 'image/png' },
          { type: 'file', data: 'https://example.com/a.pdf', mediaType: 'application/pdf' },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool-call', id: '1', name: 'now', arguments: undefined }] },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', id: '1', name: 'now', result: 'noon' },
          { type: 'tool-result', id: '2', name: 'add', result: { sum: 1 } },
          { type: 'tool-result', id: '3', name: 'log', result: undefined },
        ],
      },
    ])
    expect(prompt).toEqual([
      { role: 'system', content: 'be brief' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'see' },
          { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AQID' } },
          {
            type: 'file',
            mediaType: 'application/pdf',
            data: { type: 'url', url: new URL('https://example.com/a.pdf') },
          },
        ],
      },
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: '1', toolName: 'now', input: {} }] },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', toolCallId: '1', toolName: 'now', output: { type: 'text', value: 'noon' } },
          { type: 'tool-result', toolCallId: '2', toolName: 'add', output: { type: 'json', value: { sum: 1 } } },
          { type: 'tool-result', toolCallId: '3', toolName: 'log', output: { type: 'text', value: '' } },
        ],
      },
    ])
  })

  test.each<Message>([
    { role: 'system', content: [{ type: 'image', data: 'AQID', mediaType: 'image/png' }] },
    { role: 'tool', content: 'noon' },
  ])('a part where it has no place is refused: $role', async (message) => {
    await expect(questionOf([message])).rejects.toMatchObject({ code: 'EVALS_MODEL_CAPABILITY_MISSING' })
  })
})

describe('what it answers', () => {
  test('text, usage, finish reason, request id, and warnings in raw', async () => {
    const warnings = [{ type: 'unsupported', feature: 'seed' } as const]
    const response = { id: 'resp_1', modelId: 'gemini-001', headers: { 'request-id': 'req_1', 'set-cookie': 'secret' } }
    const content = [{ type: 'reasoning', text: 'Hm.' } as const, { type: 'text', text: 'Paris' } as const]
    const { model } = scripted([result(content, { warnings, response })])
    const answer = await model.generate('q')
    expect(model).toMatchObject({ provider: 'google', modelId: 'gemini' })
    expect(answer).toMatchObject({
      text: 'Paris',
      model: 'google:gemini-001',
      requestId: 'req_1',
      finishReason: 'stop',
      usage: { inputTokens: 10, cachedInputTokens: 4, outputTokens: 7, reasoningTokens: 5 },
      raw: { warnings, content, response: { id: 'resp_1' } },
    })
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  test('what was not reported is absent', async () => {
    const none = { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined }
    const unknown = { inputTokens: none, outputTokens: { total: undefined, text: undefined, reasoning: undefined } }
    const { model } = scripted([result([], { usage: unknown })], { provider: 'mine' })
    const answer = await model.generate('q')
    expect(answer.usage).toEqual({})
    expect(answer).not.toHaveProperty('requestId')
    expect(answer.model).toBe('mine:gemini')
  })

  test('a structured answer is read from the text that is meant for it', async () => {
    const texts = [{ type: 'text', text: 'draft' } as const, { type: 'text', text: '{"a":1}' } as const]
    const { model } = scripted([result(texts, { structuredOutputText: '{"a":1}' }), result(texts.slice(1))])
    for (let call = 0; call < 2; call += 1) expect((await model.generate('q', { schema: {} })).object).toEqual({ a: 1 })
  })

  test('what the provider understands goes back to it as it came, and to no other', async () => {
    const google = { google: { signature: 's' } }
    const call = { type: 'tool-call', toolCallId: '1', toolName: 'now', input: '{"in":"UTC"}' } as const
    const search = {
      type: 'tool-call',
      toolCallId: '2',
      toolName: 'search',
      input: '{}',
      providerExecuted: true,
    } as const
    const content: LanguageModelV4Content[] = [
      { type: 'reasoning', text: 'Hm.', providerMetadata: google },
      search,
      { type: 'tool-result', toolCallId: '2', toolName: 'search', result: ['x'] },
      { type: 'source', sourceType: 'url', id: 's', url: 'https://example.com' },
      { ...call, providerMetadata: google },
    ]
    const { model, asked } = scripted([
      result(content, { finishReason: { unified: 'tool-calls', raw: 'x' } }),
      result([]),
    ])
    const { message, toolCalls } = await model.generate('q')
    expect(toolCalls).toEqual([{ id: '1', name: 'now', arguments: { in: 'UTC' } }])
    await model.generate([{ role: 'user', content: 'q' }, message])
    expect(asked[1]?.prompt[1]).toEqual({
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm.', providerOptions: google },
        { type: 'tool-call', toolCallId: '2', toolName: 'search', input: {}, providerExecuted: true },
        { type: 'tool-result', toolCallId: '2', toolName: 'search', output: { type: 'json', value: ['x'] } },
        { type: 'tool-call', toolCallId: '1', toolName: 'now', input: { in: 'UTC' }, providerOptions: google },
      ],
    })
    const other = scripted([result([])], { provider: 'other' })
    await other.model.generate([message])
    expect(other.asked[0]?.prompt[0]).toEqual({
      role: 'assistant',
      content: [{ type: 'tool-call', toolCallId: '1', toolName: 'now', input: { in: 'UTC' } }],
    })
  })
})

describe('streams', () => {
  const parts: readonly LanguageModelV4StreamPart[] = [
    { type: 'stream-start', warnings: [{ type: 'other', message: 'careful' }] },
    { type: 'response-metadata', id: 'resp_1' },
    { type: 'response-metadata', modelId: 'gemini-001' },
    { type: 'reasoning-start', id: '1' },
    { type: 'reasoning-delta', id: '1', delta: 'Hm.' },
    { type: 'reasoning-end', id: '1', providerMetadata: { google: { signature: 's' } } },
    { type: 'text-start', id: '1' },
    { type: 'text-delta', id: '1', delta: 'Pa' },
    { type: 'ping' },
    { type: 'text-delta', id: '1', delta: 'ris' },
    { type: 'text-end', id: '1' },
    { type: 'text-delta', id: '2', delta: '!' },
    { type: 'tool-input-start', id: 't', toolName: 'now' },
    { type: 'tool-input-delta', id: 't', delta: '{}' },
    { type: 'tool-input-end', id: 't' },
    { type: 'tool-call', toolCallId: 't', toolName: 'now', input: '{}' },
    { type: 'finish', usage, finishReason: { unified: 'tool-calls', raw: 'x' } },
  ]

  test('give the text as it comes, and all else at the end', async () => {
    const { model, asked } = scripted([parts, result([])])
    const chunks = await Array.fromAsync(model.stream('q'))
    expect(chunks).toMatchObject([
      { type: 'text', text: 'Pa' },
      { type: 'text', text: 'ris' },
      { type: 'text', text: '!' },
      {
        type: 'response',
        response: {
          text: 'Paris!',
          toolCalls: [{ id: 't', name: 'now', arguments: {} }],
          model: 'google:gemini-001',
          requestId: 'req_s',
          finishReason: 'tool-calls',
          usage: { inputTokens: 10 },
          raw: { warnings: [{ message: 'careful' }], response: { id: 'resp_1' } },
        },
      },
    ])
    const { response } = chunks.at(-1) as Extract<ModelChunk, { type: 'response' }>
    await model.generate([response.message])
    expect(asked[1]?.prompt[0]?.content).toEqual([
      { type: 'reasoning', text: 'Hm.', providerOptions: { google: { signature: 's' } } },
      { type: 'text', text: 'Paris' },
      { type: 'text', text: '!' },
      { type: 'tool-call', toolCallId: 't', toolName: 'now', input: {} },
    ])
  })

  test('that break off, or report an error, begin again', async () => {
    const { model, asked } = scripted([
      parts.slice(0, -1),
      [...parts.slice(0, 8), { type: 'error', error: { message: 'overloaded', statusCode: 529 } }],
      [...parts.slice(0, -1), { type: 'finish', usage, finishReason: { unified: 'interrupted', raw: undefined } }],
      parts,
    ])
    const chunks = await Array.fromAsync(model.stream('q'))
    expect(chunks.filter(({ type }) => type !== 'text').map(({ type }) => type)).toEqual([
      'restart',
      'restart',
      'restart',
      'response',
    ])
    expect(asked).toHaveLength(4)
  })
})

describe('errors', () => {
  const facts = { url: 'https://example.com', requestBodyValues: {} }

  test.each([
    [401, 'EVALS_MODEL_KEY_INVALID', 1],
    [503, 'EVALS_MODEL_UNAVAILABLE', 6],
    [undefined, 'EVALS_MODEL_UNAVAILABLE', 6],
  ])('status %s is %s after %s attempts', async (statusCode, code, attempts) => {
    const error = new APICallError({
      ...facts,
      message: 'no',
      responseHeaders: { 'x-request-id': 'req_1' },
      ...(statusCode === undefined ? {} : { statusCode }),
    })
    const { model, asked } = scripted(Array.from({ length: 6 }, () => error))
    await expect(model.generate('q')).rejects.toMatchObject({
      code,
      cause: error,
      details: {
        model: 'google:gemini',
        requestId: 'req_1',
        ...(statusCode === undefined ? {} : { status: statusCode }),
      },
    })
    expect(asked).toHaveLength(attempts)
  })

  test('an answer that the AI SDK cannot read is tried again', async () => {
    const { model, asked } = scripted([
      new InvalidResponseDataError({ data: 1 }),
      result([{ type: 'text', text: 'yes' }]),
    ])
    expect((await model.generate('q')).text).toBe('yes')
    expect(asked).toHaveLength(2)
  })

  test.each([
    [new UnsupportedFunctionalityError({ functionality: 'audio' }), 'EVALS_MODEL_CAPABILITY_MISSING', /audio/],
    [new LoadAPIKeyError({ message: 'GOOGLE_API_KEY is missing' }), 'EVALS_MODEL_KEY_MISSING', /GOOGLE_API_KEY/],
    [new TypeError('a bug'), undefined, /^a bug$/],
  ])('what fails before anything is sent is not tried again: %s', async (error, code, message) => {
    const { model, asked } = scripted([error])
    const failure: unknown = await model.generate('q').catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ message: expect.stringMatching(message), ...(code === undefined ? {} : { code }) })
    expect(asked).toHaveLength(1)
  })

  test('a model of another version is refused', () => {
    const old = { specificationVersion: 'v3', provider: 'p', modelId: 'm' } as unknown as LanguageModelV4
    expect(() => aiSdk(old)).toThrow(
      expect.objectContaining({
        code: 'EVALS_MODEL_CAPABILITY_MISSING',
        message: expect.stringContaining('p:m is of v3'),
      }),
    )
  })
})
