import { describe, expect, test } from 'vitest'
import type { AppCall } from './app-call.ts'
import { newReading, readValue } from './read-answer.ts'
import type { AnswerReading, JsonObject } from './wire-format.ts'
import { recognise } from './wire-formats.ts'

/** What is read of answers as servers really send them, shortened. */
function readingOf(url: string, body: JsonObject, ...values: readonly unknown[]): AnswerReading {
  const recognised = recognise(new URL(url), body)
  const reading = newReading()
  for (const value of values) readValue(recognised as AppCall, value, reading)
  return reading
}

describe('who is called', () => {
  test.for([
    ['https://api.openai.com/v1/chat/completions', 'openai:m', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1/completions', 'openai:m', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1/responses', 'openai:m', 'https://api.openai.com/v1'],
    ['https://api.openai.com/v1/embeddings', 'openai:m', 'https://api.openai.com/v1'],
    ['https://api.groq.com/openai/v1/chat/completions', 'groq:m', 'https://api.groq.com/openai/v1'],
    ['http://127.0.0.1:8000/v1/chat/completions', 'openai:m', 'http://127.0.0.1:8000/v1'],
    ['https://api.anthropic.com/v1/messages', 'anthropic:m', 'https://api.anthropic.com'],
    ['http://127.0.0.1:11434/api/chat', 'ollama:m', 'http://127.0.0.1:11434'],
    ['http://127.0.0.1:11434/api/generate', 'ollama:m', 'http://127.0.0.1:11434'],
    ['http://127.0.0.1:11434/api/embed', 'ollama:m', 'http://127.0.0.1:11434'],
  ])('%s', ([url, model, baseURL]) => {
    expect(recognise(new URL(url!), { model: 'm' })).toMatchObject({ model, baseURL })
  })

  test.for([
    ['https://x.openai.azure.com/openai/deployments/mini/chat/completions?api-version=1', 'openai:mini'],
    ['https://x.openai.azure.com/openai/deployments/ada/embeddings?api-version=1', 'openai:ada'],
    ['https://generativelanguage.googleapis.com/v1beta/models/gemini-3:generateContent', 'google:gemini-3'],
    [
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-3:streamGenerateContent?alt=sse',
      'google:gemini-3',
    ],
    ['https://h/v1/projects/p/locations/l/publishers/google/models/gemini-3:generateContent', 'google:gemini-3'],
  ])('%s, by its path', ([url, model]) => {
    expect(recognise(new URL(url!), {})).toMatchObject({ model })
  })

  test.for([
    ['https://api.openai.com/v1/files', { model: 'm' }],
    ['https://api.openai.com/v1/chat/completions', {}],
    ['https://api.openai.com/v1/chat/completions/abc', { model: 'm' }],
    ['https://api.anthropic.com/v1/messages/count_tokens', { model: 'm' }],
    ['https://api.anthropic.com/v1/messages/batches', { model: 'm' }],
    ['http://127.0.0.1:11434/api/pull', { model: 'm' }],
    ['https://generativelanguage.googleapis.com/v1beta/models/gemini-3:countTokens', {}],
  ] as const)('nobody, by %s with %j', ([url, body]) => {
    expect(recognise(new URL(url), body)).toBeUndefined()
  })

  test('most output tokens', () => {
    const limitOf = (url: string, body: JsonObject): unknown =>
      recognise(new URL(url), { model: 'm', ...body })?.format.maxOutputTokensOf?.(body)
    expect(limitOf('http://h/v1/chat/completions', { max_tokens: 5 })).toBe(5)
    expect(limitOf('http://h/v1/chat/completions', { max_completion_tokens: 6, max_tokens: 5 })).toBe(6)
    expect(limitOf('http://h/v1/responses', { max_output_tokens: 7 })).toBe(7)
    expect(limitOf('http://h/v1/embeddings', {})).toBe(0)
    expect(limitOf('http://h/v1/messages', { max_tokens: 8 })).toBe(8)
    expect(limitOf('http://h/api/chat', { options: { num_predict: 9 } })).toBe(9)
    expect(limitOf('http://h/models/m:generateContent', { generationConfig: { maxOutputTokens: 10 } })).toBe(10)
    expect(limitOf('http://h/v1/chat/completions', {})).toBeUndefined()
  })
})

describe("OpenAI's chat completions", () => {
  const url = 'https://api.openai.com/v1/chat/completions'
  const usage = {
    prompt_tokens: 1117,
    completion_tokens: 203,
    total_tokens: 1320,
    prompt_tokens_details: { cached_tokens: 1024 },
    completion_tokens_details: { reasoning_tokens: 192 },
  }
  const read = { inputTokens: 1117, outputTokens: 203, cachedInputTokens: 1024, reasoningTokens: 192 }
  const model = 'gpt-5-mini-2025-08-07'

  test('whole', () => {
    const message = { role: 'assistant', content: 'Paris', refusal: null, annotations: [] }
    const answer = { id: 'c', model, choices: [{ index: 0, message, finish_reason: 'stop' }], usage }
    expect(readingOf(url, { model: 'm' }, answer)).toMatchObject({ model, usage: read, text: 'Paris', isWhole: true })
  })

  test('a stream', () => {
    const piece = (delta: object, finish: string | null = null): object => ({
      id: 'c',
      model,
      choices: [{ index: 0, delta, finish_reason: finish }],
      usage: null,
    })
    const pieces = [piece({ role: 'assistant', content: '' }), piece({ content: 'Par' }), piece({ content: 'is' })]
    expect(readingOf(url, { model: 'm' }, ...pieces)).toMatchObject({ text: 'Paris', isWhole: false, isOver: false })
    const whole = [...pieces, piece({}, 'stop')]
    expect(readingOf(url, { model: 'm' }, ...whole)).toMatchObject({ isWhole: true, isOver: false, usage: {} })
    const last = { id: 'c', model, choices: [], usage }
    expect(readingOf(url, { model: 'm' }, ...whole, last, '[DONE]')).toEqual({
      model,
      usage: read,
      text: 'Paris',
      isWhole: true,
      isOver: true,
    })
  })

  test('the older completions', () => {
    const answer = { model, choices: [{ text: 'Paris', finish_reason: 'length' }], usage }
    expect(readingOf('https://h/v1/completions', { model: 'm' }, answer)).toMatchObject({ text: 'Paris', usage: read })
  })

  test('embeddings', () => {
    const answer = {
      object: 'list',
      data: [{ index: 0, embedding: [1] }],
      model,
      usage: { prompt_tokens: 4, total_tokens: 4 },
    }
    expect(readingOf('https://h/v1/embeddings', { model: 'm' }, answer)).toMatchObject({
      model,
      usage: { inputTokens: 4 },
      isWhole: true,
    })
  })
})

describe("OpenAI's responses", () => {
  const url = 'https://api.openai.com/v1/responses'
  const response = {
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    model: 'gpt-5-mini-2025-08-07',
    output: [
      { type: 'reasoning', id: 'rs_1', summary: [] },
      { type: 'message', content: [{ type: 'output_text', text: 'Paris', annotations: [] }] },
    ],
    usage: {
      input_tokens: 36,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 87,
      output_tokens_details: { reasoning_tokens: 64 },
      total_tokens: 123,
    },
  }
  const whole = {
    model: 'gpt-5-mini-2025-08-07',
    usage: { inputTokens: 36, outputTokens: 87, cachedInputTokens: 0, reasoningTokens: 64 },
    text: 'Paris',
    isWhole: true,
    isOver: true,
  }

  test('whole', () => {
    expect(readingOf(url, { model: 'm' }, response)).toEqual(whole)
  })

  test('a stream', () => {
    const events = [
      { type: 'response.created', response: { ...response, status: 'in_progress', output: [], usage: null } },
      { type: 'response.output_text.delta', delta: 'Par' },
      { type: 'response.output_text.delta', delta: 'is' },
      { type: 'response.output_text.done', text: 'Paris' },
    ]
    expect(readingOf(url, { model: 'm' }, ...events)).toMatchObject({ text: 'Paris', isWhole: false, usage: {} })
    for (const type of ['response.completed', 'response.incomplete', 'response.failed']) {
      expect(readingOf(url, { model: 'm' }, ...events, { type, response })).toEqual(whole)
    }
  })
})

describe("Anthropic's messages", () => {
  const url = 'https://api.anthropic.com/v1/messages'
  const model = 'claude-sonnet-5-20260101'
  const input = { input_tokens: 21, cache_creation_input_tokens: 188, cache_read_input_tokens: 1000 }

  test('whole', () => {
    const content = [
      { type: 'thinking', thinking: 'Hm.', signature: 's' },
      { type: 'text', text: 'Paris' },
    ]
    const answer = { type: 'message', id: 'msg_1', model, content, usage: { ...input, output_tokens: 393 } }
    expect(readingOf(url, { model: 'm' }, answer)).toMatchObject({
      model,
      text: 'Paris',
      usage: { inputTokens: 1209, outputTokens: 393, cachedInputTokens: 1000 },
      isWhole: true,
    })
  })

  test('a stream', () => {
    const message = { type: 'message', id: 'msg_1', model, content: [], usage: { ...input, output_tokens: 1 } }
    const events = [
      { type: 'message_start', message },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'ping' },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Par' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'is' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 15 } },
    ]
    const reading = {
      model,
      text: 'Paris',
      usage: { inputTokens: 1209, outputTokens: 15, cachedInputTokens: 1000 },
      isWhole: false,
      isOver: false,
    }
    expect(readingOf(url, { model: 'm' }, ...events)).toEqual(reading)
    expect(readingOf(url, { model: 'm' }, ...events, { type: 'message_stop' })).toEqual({
      ...reading,
      isWhole: true,
      isOver: true,
    })
  })
})

describe("Ollama's API", () => {
  const counts = {
    done: true,
    done_reason: 'stop',
    total_duration: 4_935_886_791,
    prompt_eval_count: 26,
    eval_count: 298,
  }
  const usage = { inputTokens: 26, outputTokens: 298 }

  test('chat and generate, in lines', () => {
    const chat = (content: string): object => ({
      model: 'llama3.2',
      message: { role: 'assistant', content },
      done: false,
    })
    const url = 'http://127.0.0.1:11434/api/chat'
    expect(readingOf(url, { model: 'm' }, chat('Par'), chat('is'))).toMatchObject({ text: 'Paris', isWhole: false })
    expect(readingOf(url, { model: 'm' }, chat('Par'), { ...chat('is'), ...counts })).toEqual({
      model: 'llama3.2',
      text: 'Paris',
      usage,
      isWhole: true,
      isOver: true,
    })
    const generated = { model: 'llama3.2', response: 'Paris', ...counts }
    expect(readingOf('http://h/api/generate', { model: 'm' }, generated)).toMatchObject({ text: 'Paris', usage })
  })

  test('embeddings', () => {
    const answer = { model: 'minilm', embeddings: [[0.1]], prompt_eval_count: 8 }
    expect(readingOf('http://h/api/embed', { model: 'm' }, answer)).toMatchObject({
      usage: { inputTokens: 8 },
      isWhole: true,
    })
  })
})

describe("Google's generateContent", () => {
  const url = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash:streamGenerateContent'
  const part = (text: string, finishReason?: string): object => ({
    candidates: [{ content: { role: 'model', parts: [{ text }] }, ...(finishReason && { finishReason }) }],
    modelVersion: 'gemini-3-flash',
    usageMetadata: { promptTokenCount: 8, candidatesTokenCount: 2, thoughtsTokenCount: 40, totalTokenCount: 50 },
  })
  const reading = {
    model: 'gemini-3-flash',
    text: 'Paris',
    usage: { inputTokens: 8, outputTokens: 42, reasoningTokens: 40 },
    isWhole: true,
    isOver: false,
  }

  test('events of a stream, and the list that comes without events', () => {
    expect(readingOf(url, {}, part('Par'))).toMatchObject({ text: 'Par', isWhole: false })
    expect(readingOf(url, {}, part('Par'), part('is', 'STOP'))).toEqual(reading)
    expect(readingOf(url, {}, [part('Par'), part('is', 'STOP')])).toEqual(reading)
  })

  test('thoughts are no text, and a blocked prompt is an answer', () => {
    const thought = { candidates: [{ content: { parts: [{ text: 'Hm.', thought: true }, { text: 'Paris' }] } }] }
    expect(readingOf(url, {}, thought).text).toBe('Paris')
    const blocked = { promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: { promptTokenCount: 4 } }
    expect(readingOf(url, {}, blocked)).toMatchObject({ text: '', isWhole: true, usage: { inputTokens: 4 } })
    const cached = { usageMetadata: { promptTokenCount: 9, cachedContentTokenCount: 5, toolUsePromptTokenCount: 1 } }
    expect(readingOf(url, {}, cached).usage).toEqual({ inputTokens: 10, cachedInputTokens: 5 })
  })
})

test('what is no object of the format is read as nothing', () => {
  for (const url of [
    'http://h/v1/chat/completions',
    'http://h/v1/responses',
    'http://h/v1/messages',
    'http://h/api/chat',
  ]) {
    for (const value of [null, 'text', 7, {}, { choices: [] }, { output: 'x' }, { content: 3 }, { usage: null }]) {
      expect(readingOf(url, { model: 'm' }, value)).toMatchObject({ text: '', usage: {} })
    }
  }
})
