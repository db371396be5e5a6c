import { describe, expect, test } from 'vitest'
import { useRequestEngine } from '../request/request-engine.ts'
import { withSampleScope } from '../sample/current-sample.ts'
import { SampleScope } from '../sample/sample-scope.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { unlimited } from '../testing/unlimited.ts'
import { defineModel, type ModelDefinition } from './define-model.ts'
import { createModelResponse, type GenerateOptions } from './language-model.ts'

function makeScope(clock = new ManualClock(), signal = new AbortController().signal): SampleScope {
  return new SampleScope({ aborts: { signal }, metadata: {}, clock })
}

function makeModel(clock: ManualClock, parts: Partial<ModelDefinition> = {}) {
  const seen: GenerateOptions[] = []
  useRequestEngine({ clock, limiter: unlimited })
  const model = defineModel({
    provider: 'fake',
    modelId: 'm',
    async generate(prompt, options) {
      seen.push(options)
      clock.advance(12.6)
      return createModelResponse({
        text: `to ${String(prompt)}`,
        model: 'fake:m-2026',
        usage: { inputTokens: 3 },
        requestId: 'r',
      })
    },
    ...parts,
  })
  return { model, seen }
}

describe('outside a sample', () => {
  test('a call goes straight to the provider', async () => {
    const { model, seen } = makeModel(new ManualClock())
    expect(model).toMatchObject({ provider: 'fake', modelId: 'm' })
    expect((await model.generate('q', { temperature: 0 })).text).toBe('to q')
    expect((await model.generate('q')).text).toBe('to q')
    const signal = expect.any(AbortSignal) as AbortSignal
    expect(seen).toEqual([{ temperature: 0, signal }, { signal }])
  })

  test('a stream ends with the whole response', async () => {
    const { model } = makeModel(new ManualClock())
    const chunks = await Array.fromAsync(model.stream('q'))
    expect(chunks).toMatchObject([
      { type: 'text', text: 'to q' },
      { type: 'response', response: { text: 'to q', usage: { inputTokens: 3 } } },
    ])
    const silent = makeModel(new ManualClock(), { generate: async () => createModelResponse({ text: '', model: 'm' }) })
    expect(await Array.fromAsync(silent.model.stream('q'))).toMatchObject([{ type: 'response' }])
  })
})

test('what the user knows of the account goes to the limiter with each call', async () => {
  const { model: other } = makeModel(new ManualClock())
  const { model } = makeModel(new ManualClock(), { limits: { requestsPerMinute: 60, maxConnections: 2 } })
  const asked: unknown[] = []
  useRequestEngine({
    limiter: {
      async acquire(_key, { limits }) {
        asked.push(limits)
        return { release: () => {} }
      },
    },
  })
  await model.generate('q')
  await other.generate('q')
  expect(asked).toEqual([{ requestsPerMinute: 60, maxConnections: 2 }, undefined])
})

describe('within a sample', () => {
  test('a call is measured, priced, and put down in calls and trace', async () => {
    const clock = new ManualClock()
    const scope = makeScope(clock)
    const { model } = makeModel(clock, { costUsd: ({ usage }) => (usage.inputTokens ?? 0) * 0.5 })
    clock.advance(5)
    await withSampleScope(scope, () => model.generate('q'))
    expect(scope.calls).toEqual([
      {
        model: 'fake:m-2026',
        purpose: 'task',
        durationMs: 13,
        queuedMs: 0,
        retries: 0,
        cached: false,
        usage: { inputTokens: 3 },
        costUsd: 1.5,
        requestId: 'r',
      },
    ])
    expect(scope.trace).toEqual([
      { type: 'model', atMs: 18, call: 0, question: 'q', answer: { text: 'to q', finishReason: 'stop' } },
    ])
  })

  test('a call that fails is put down too, and its error is thrown on', async () => {
    const clock = new ManualClock()
    const scope = makeScope(clock)
    const failure = new TypeError('fetch failed')
    const { model } = makeModel(clock, { generate: () => Promise.reject(failure), costUsd: () => 1 })
    await expect(withSampleScope(scope, () => model.generate('q'))).rejects.toBe(failure)
    expect(scope.calls).toMatchObject([
      { model: 'fake:m', usage: {}, error: { name: 'TypeError', message: 'fetch failed' } },
    ])
    expect(scope.calls[0]).not.toHaveProperty('costUsd')
  })

  test("the sample's signal and the caller's both abort it", async () => {
    const clock = new ManualClock()
    for (const which of ['sample', 'caller'] as const) {
      const controllers = { sample: new AbortController(), caller: new AbortController() }
      const asked = Promise.withResolvers<AbortSignal>()
      const { model } = makeModel(clock, {
        generate: (_prompt, { signal }) => new Promise(() => asked.resolve(signal)),
      })
      const call = withSampleScope(makeScope(clock, controllers.sample.signal), () =>
        model.generate('q', { signal: controllers.caller.signal }),
      )
      const signal = await asked.promise
      expect(signal.aborted).toBe(false)
      controllers[which].abort(new Error('enough'))
      await expect(call).rejects.toThrow('enough')
      expect(signal.aborted).toBe(true)
    }
  })

  test('nothing is called once the sample is over', async () => {
    const clock = new ManualClock()
    const scope = makeScope(clock, AbortSignal.abort(new Error('stop')))
    const { model, seen } = makeModel(clock)
    await expect(withSampleScope(scope, () => model.generate('q'))).rejects.toThrow('stop')
    expect(seen).toEqual([])
    expect(scope.calls).toEqual([])
  })

  test('a call of a scorer waits until the answered sample is written', async () => {
    const clock = new ManualClock()
    const scope = makeScope(clock)
    const { model, seen } = makeModel(clock)
    const written = Promise.withResolvers<void>()
    scope.purpose = 'score'
    scope.beforeScoreCall = () => written.promise
    const call = withSampleScope(scope, () => model.generate('q'))
    await Promise.resolve()
    expect(seen).toEqual([])
    written.resolve()
    await call
    expect(scope.calls).toMatchObject([{ purpose: 'score' }])
  })

  test("samples at work side by side do not get each other's calls", async () => {
    const clock = new ManualClock()
    const { model } = makeModel(clock)
    const scopes = Array.from({ length: 5 }, () => makeScope(clock))
    await Promise.all(
      scopes.map((scope, index) =>
        withSampleScope(scope, async () => {
          for (let call = 0; call < index; call += 1) await model.generate('q')
        }),
      ),
    )
    expect(scopes.map(({ calls }) => calls.length)).toEqual([0, 1, 2, 3, 4])
  })
})
