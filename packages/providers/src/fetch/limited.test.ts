import type { Usage } from '@evals/core'
import { Headers as UndiciHeaders } from 'undici'
import { describe, expect, test } from 'vitest'
import { limited } from './limited.ts'
import { recordOf } from '../vendor/record-of.test-support.ts'
import { watchEngine } from './watched-engine.test-support.ts'

test('a function goes the way of all model calls', async () => {
  const slots = watchEngine()
  const record = await recordOf(() =>
    limited(async () => ({ text: 'Paris', tokens: 7 }), {
      key: 'openai:gpt-5-mini',
      usage: ({ tokens }) => ({ outputTokens: tokens }),
      inputTokens: 40,
    }),
  )
  expect(record).toMatchObject({
    output: { text: 'Paris', tokens: 7 },
    calls: [{ model: 'openai:gpt-5-mini', purpose: 'task', usage: { outputTokens: 7 }, retries: 0 }],
  })
  expect(record.costUsd).toBeGreaterThan(0)
  expect(slots).toMatchObject([
    {
      key: 'openai:gpt-5-mini',
      request: { estimate: { inputTokens: 40, price: expect.anything() } },
      outcome: { result: 'answered', outputTokens: 7 },
    },
  ])
})

test('what it costs is unknown where nobody says', async () => {
  watchEngine()
  const record = await recordOf(() => limited(async () => 'Paris', { key: 'my-service' }))
  expect(record).toMatchObject({ output: 'Paris', costUsd: null, calls: [{ model: 'my-service', usage: {} }] })
  const priced = await recordOf(() =>
    limited(async () => 'Paris', {
      key: 'my-service',
      price: { input: 1, output: 2 },
      usage: () => ({ inputTokens: 1e6, outputTokens: 1e6 }),
    }),
  )
  expect(priced.costUsd).toBe(3)
})

test('a number of tokens that is none is unknown', async () => {
  watchEngine()
  const usage = (): Usage => ({ inputTokens: Number.NaN, outputTokens: 7 })
  const call = { key: 'k', price: { input: 1, output: 1 } }
  const record = await recordOf(async () => {
    await limited(async () => 'x', { ...call, usage })
    await limited(async () => 'x', { ...call, usage: () => ({ inputTokens: Number.NaN }) })
    return 'both'
  })
  expect(record.calls).toMatchObject([{ usage: { outputTokens: 7 }, costUsd: 7e-6 }, { usage: {} }])
  expect(record.calls[0]?.usage).not.toHaveProperty('inputTokens')
  expect(record).toMatchObject({ usage: { outputTokens: 7 }, costUsd: null })
})

describe('what it throws', () => {
  /** Throws the errors one after the other, then answers. */
  async function attempts(...errors: readonly unknown[]): Promise<{ results: unknown[]; outcome: unknown }> {
    const slots = watchEngine()
    const left = [...errors]
    const outcome = await limited(
      async () => {
        if (left.length > 0) throw left.shift()
        return 'answered'
      },
      { key: 'k' },
    ).catch((error: unknown) => error)
    return { results: slots.map((slot) => slot.outcome?.result), outcome }
  }

  const clientErrors: Readonly<Record<string, object>> = {
    'of OpenAI and Anthropic': { status: 429, headers: new Headers({ 'Retry-After-Ms': '1' }) },
    'of the AI SDK': { statusCode: 429, responseHeaders: { 'Retry-After-Ms': '1' } },
    'of AWS': { $metadata: { httpStatusCode: 429 } },
    'of axios': { response: { status: 429, headers: { 'Retry-After-Ms': '1' } } },
  }
  test.for(Object.entries(clientErrors))('is tried again where a client %s was refused', async ([, facts]) => {
    const refused = Object.assign(new Error('slow down'), facts)
    expect(await attempts(refused, refused)).toEqual({
      results: ['refused', 'refused', 'answered'],
      outcome: 'answered',
    })
  })

  test('tells how long to wait, whose ever the headers are', async () => {
    const headers = { 'Retry-After-Ms': '1' }
    for (const told of [headers, new Headers(headers), new UndiciHeaders(headers)]) {
      const slots = watchEngine()
      let isRefused = false
      const call = (): Promise<string> => {
        const error = isRefused ? undefined : Object.assign(new Error('slow down'), { status: 429, headers: told })
        isRefused = true
        return error === undefined ? Promise.resolve('answered') : Promise.reject(error)
      }
      expect(await limited(call, { key: 'k' })).toBe('answered')
      expect(slots[0]?.outcome?.limits).toMatchObject({ retryAfterMs: 1 })
    }
  })

  test('is tried again where server or network failed', async () => {
    const server = Object.assign(new Error('overloaded'), { status: 503 })
    const network = new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
    expect(await attempts(server, network)).toEqual({ results: ['failed', 'failed', 'answered'], outcome: 'answered' })
    const lasting = await attempts(...Array<Error>(9).fill(server))
    expect(lasting).toMatchObject({
      results: Array<string>(6).fill('failed'),
      outcome: { code: 'EVALS_MODEL_UNAVAILABLE', cause: server, details: { status: 503 } },
    })
  })

  test('is not tried again where it would be the same', async () => {
    const wrongKey = Object.assign(new Error('no'), { status: 401 })
    expect(await attempts(wrongKey)).toMatchObject({ outcome: { code: 'EVALS_MODEL_KEY_INVALID', cause: wrongKey } })
  })

  test('is thrown on as it is where no server said anything', async () => {
    for (const thrown of [
      new TypeError('x is not a function'),
      Object.assign(new Error('no file'), { code: 'ENOENT' }),
      'text',
    ]) {
      const { results, outcome } = await attempts(thrown)
      expect(outcome).toBe(thrown)
      expect(results).toHaveLength(1)
    }
  })
})

test('its signal is aborted with the call', async () => {
  const slots = watchEngine()
  const controller = new AbortController()
  const seen: AbortSignal[] = []
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const call = limited(
    ({ signal }) => {
      seen.push(signal)
      begin()
      return new Promise<never>(() => {})
    },
    { key: 'k', signal: controller.signal },
  )
  await begun
  controller.abort(new Error('enough'))
  await expect(call).rejects.toThrow('enough')
  expect(seen.map(({ aborted }) => aborted)).toEqual([true])
  expect(slots).toMatchObject([{ outcome: { result: 'aborted' } }])
})
