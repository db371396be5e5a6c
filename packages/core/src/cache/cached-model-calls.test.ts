import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { defineModel } from '../model/define-model.ts'
import { createModelResponse, type LanguageModel, type ModelResponse } from '../model/language-model.ts'
import { useRequestEngine } from '../request/request-engine.ts'
import { withSampleScope } from '../sample/current-sample.ts'
import { SampleScope } from '../sample/sample-scope.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { unlimited } from '../testing/unlimited.ts'
import { createCallCache, type CacheMode } from './create-call-cache.ts'
import { MemoryResponseCache } from './memory-response-cache.ts'

afterEach(() => useRequestEngine({ limiter: unlimited }))

function setUp({
  mode = 'on',
  finishReason = 'stop',
}: { mode?: CacheMode; finishReason?: 'stop' | 'content-filter' } = {}) {
  const clock = new ManualClock()
  const store = new MemoryResponseCache()
  useRequestEngine({ clock, limiter: unlimited, cache: createCallCache({ store, mode }) })
  const calls: { signal: AbortSignal; answer: () => void }[] = []
  const model = defineModel({
    provider: 'test',
    modelId: 'm',
    price: { input: 2, output: 10 },
    generate: (prompt, { signal }) =>
      new Promise<ModelResponse>((resolve) => {
        const answer = (): void =>
          resolve(
            createModelResponse({
              text: `to ${String(prompt)}`,
              model: 'test:m-2026',
              finishReason,
              usage: { inputTokens: 1000, outputTokens: 100 },
              requestId: `request ${calls.length}`,
              raw: { secret: 'raw' },
            }),
          )
        calls.push({ signal, answer })
      }),
  })
  const makeScope = ({ epoch = 0, signal = new AbortController().signal } = {}) =>
    new SampleScope({ aborts: { signal }, metadata: {}, clock, epoch })
  const ask = (scope: SampleScope, prompt = 'q'): Promise<ModelResponse> =>
    withSampleScope(scope, () => model.generate(prompt))
  return { clock, store, model, calls, makeScope, ask }
}

async function answerAll(calls: readonly { answer: () => void }[]): Promise<void> {
  await setImmediate()
  for (const { answer } of calls) answer()
}

test('another salt finds other answers', async () => {
  const { makeScope } = setUp()
  let made = 0
  const modelWith = (cacheSalt?: string): LanguageModel =>
    defineModel({
      provider: 'test',
      modelId: 'm',
      ...(cacheSalt === undefined ? {} : { cacheSalt }),
      generate: async () => createModelResponse({ text: `answer ${++made}`, model: 'test:m' }),
    })
  const textFrom = (model: LanguageModel): Promise<string> =>
    withSampleScope(makeScope(), async () => (await model.generate('q')).text)
  const texts: string[] = []
  for (const salt of [undefined, 'a', 'b', 'a', undefined]) texts.push(await textFrom(modelWith(salt)))
  expect(texts).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 2', 'answer 1'])
})

test('a cached answer is the answer, costs nothing and says so', async () => {
  const { store, calls, makeScope, ask } = setUp()
  const [first, second] = [makeScope(), makeScope()]
  const made = ask(first)
  await answerAll(calls)
  const answer = await made
  const again = await ask(second)
  expect(calls).toHaveLength(1)
  const { raw, ...kept } = answer
  expect(raw).toEqual({ secret: 'raw' })
  expect(again).toEqual(kept)
  expect(first.calls).toMatchObject([{ cached: false, costUsd: 0.003, usage: { inputTokens: 1000 } }])
  expect(second.calls).toMatchObject([
    { model: 'test:m-2026', cached: true, costUsd: 0, retries: 0, requestId: 'request 1' },
  ])
  expect(JSON.stringify(await store.newest('test:m', 1))).not.toContain('secret')
})

test('a call that failed leaves its place to the next one, whose answer is then found again', async () => {
  const { store, makeScope } = setUp()
  let made = 0
  const model = defineModel({
    provider: 'test',
    modelId: 'm',
    async generate() {
      made += 1
      if (made === 1) throw new TypeError('not now')
      return createModelResponse({ text: 'yes', model: 'test:m' })
    },
  })
  const ask = (): Promise<ModelResponse> => model.generate('q')
  const askTwice = () => withSampleScope(makeScope(), () => ask().catch(ask))
  expect([(await askTwice()).text, (await askTwice()).text]).toEqual(['yes', 'yes'])
  expect(made).toBe(2)
  useRequestEngine({ limiter: unlimited, cache: createCallCache({ store, mode: 'replay' }) })
  expect((await askTwice()).text).toBe('yes')
})

test('draws of one sample and epochs of one row stay draws of their own', async () => {
  const { calls, makeScope, ask } = setUp()
  for (const scope of [makeScope(), makeScope({ epoch: 1 })]) {
    const draws = [1, 2, 3].map(() => ask(scope))
    await answerAll(calls)
    await Promise.all(draws)
  }
  expect(calls).toHaveLength(6)
  const again = makeScope({ epoch: 1 })
  for (const _ of [1, 2, 3]) await ask(again)
  expect(again.calls.map(({ cached }) => cached)).toEqual([true, true, true])
  expect(calls).toHaveLength(6)
})

test('of samples that share a call one pays, and the others’ clocks stand still meanwhile', async () => {
  const { clock, calls, makeScope, ask } = setUp()
  const scopes = [makeScope(), makeScope()]
  const answers = scopes.map((scope) => ask(scope))
  await setImmediate()
  clock.advance(400)
  expect(scopes.map(({ waits }) => waits.stopped)).toEqual([false, true])
  await answerAll(calls)
  expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(['to q', 'to q'])
  expect(scopes.map((scope) => scope.calls)).toMatchObject([
    [{ cached: false, durationMs: 400, queuedMs: 0, costUsd: 0.003 }],
    [{ cached: true, durationMs: 0, queuedMs: 400, costUsd: 0 }],
  ])
})

test('when the sample that made a shared call ends, another gets the answer and pays for it', async () => {
  const { calls, makeScope, ask } = setUp()
  const controller = new AbortController()
  const [ended, other] = [makeScope({ signal: controller.signal }), makeScope()]
  const answers = [ask(ended), ask(other)]
  await setImmediate()
  controller.abort(new Error('over'))
  await expect(answers[0]).rejects.toThrow('over')
  await answerAll(calls)
  expect((await answers[1])?.text).toBe('to q')
  expect(calls).toHaveLength(1)
  expect(ended.calls.every((call) => call.costUsd === undefined)).toBe(true)
  expect(other.calls).toMatchObject([{ cached: false, costUsd: 0.003 }])
})

test('when all samples that share a call end, its socket is closed', async () => {
  const { calls, makeScope, ask } = setUp()
  const controller = new AbortController()
  const answers = [1, 2].map(() => ask(makeScope({ signal: controller.signal })))
  await setImmediate()
  expect(calls).toHaveLength(1)
  controller.abort(new Error('over'))
  for (const answer of answers) await expect(answer).rejects.toThrow('over')
  await setImmediate()
  expect(calls[0]?.signal.aborted).toBe(true)
})

test('an answer that a filter stopped is not kept', async () => {
  const { store, calls, makeScope, ask } = setUp({ finishReason: 'content-filter' })
  const scope = makeScope()
  const made = ask(scope)
  await answerAll(calls)
  expect((await made).finishReason).toBe('content-filter')
  expect((await store.stats()).entries).toBe(0)
})

test('a stream from the cache gives the whole text', async () => {
  const { calls, model } = setUp()
  const collect = (one: LanguageModel) => Array.fromAsync(one.stream('q'))
  const made = collect(model)
  await answerAll(calls)
  const chunks = await made
  expect(await collect(model)).toMatchObject([
    { type: 'text', text: 'to q' },
    { type: 'response', response: { text: 'to q' } },
  ])
  expect(chunks).toHaveLength(2)
  expect(calls).toHaveLength(1)
})

test('a miss in replay is the error of the call, and nobody is asked', async () => {
  const { calls, makeScope, ask } = setUp({ mode: 'replay' })
  const scope = makeScope()
  await expect(ask(scope)).rejects.toMatchObject({ code: 'EVALS_CACHE_MISS' })
  expect(calls).toEqual([])
  expect(scope.calls).toMatchObject([{ error: { code: 'EVALS_CACHE_MISS' } }])
})
