import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import type { CachedCall, CallMaking } from '../request/call-cache.ts'
import { createCallCache, type CallCacheOptions } from './create-call-cache.ts'
import { InProcessLeases } from './in-process-leases.ts'
import { MemoryResponseCache } from './memory-response-cache.ts'

const never = new AbortController().signal

function callOf(prompt: string, parts: Partial<CachedCall> = {}): CachedCall {
  return { model: 'test:m', identity: { prompt, parameters: {} }, epoch: 0, ordinal: 0, ...parts }
}

/** Something to call that answers when told to. */
class Provider {
  readonly calls: { signal: AbortSignal; answer: (answer: unknown) => void; fail: (error: Error) => void }[] = []

  make(signal: AbortSignal): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.calls.push({ signal, answer: resolve, fail: reject })
    signal.addEventListener('abort', () => reject(signal.reason as Error))
    return promise
  }

  making(signal: AbortSignal = never): CallMaking {
    return { make: (shared) => this.make(shared), signal }
  }
}

function open(options: Partial<CallCacheOptions> = {}) {
  const store = new MemoryResponseCache()
  return { store, cache: createCallCache({ store, mode: 'on', ...options }) }
}

const giving = (answer: unknown): CallMaking => ({ make: async () => answer, signal: never })
const refusing: CallMaking = { make: () => Promise.reject(new Error('called')), signal: never }

describe('on', () => {
  test('an answer is made once and then read, also by another worker', async () => {
    const { store, cache } = open()
    expect(await cache.answer(callOf('q'), giving({ text: 'a' }))).toEqual({ stored: { text: 'a' }, cached: false })
    expect(await cache.answer(callOf('q'), refusing)).toEqual({ stored: { text: 'a' }, cached: true })
    const other = createCallCache({ store, mode: 'on' })
    expect(await other.answer(callOf('q'), refusing)).toEqual({ stored: { text: 'a' }, cached: true })
  })

  test.for([
    ['the prompt', callOf('other')],
    ['a parameter', callOf('q', { identity: { prompt: 'q', parameters: { temperature: 0 } } })],
    ['the epoch', callOf('q', { epoch: 1 })],
    ['the ordinal', callOf('q', { ordinal: 1 })],
    ['the model', callOf('q', { model: 'test:n' })],
  ] as const)('%s makes it another call', async ([, call]) => {
    const { cache } = open()
    await cache.answer(callOf('q'), giving('a'))
    expect(await cache.answer(call, giving('b'))).toEqual({ stored: 'b', cached: false })
    expect(await cache.answer(callOf('q'), refusing)).toEqual({ stored: 'a', cached: true })
  })

  test('the order of members and those that are undefined make no other call', async () => {
    const { cache } = open()
    await cache.answer(callOf('q', { identity: { a: 1, b: { c: [1], d: 2 } } }), giving('a'))
    const same = callOf('q', { identity: { b: { d: 2, c: [1], e: undefined }, a: 1 } })
    expect(await cache.answer(same, refusing)).toEqual({ stored: 'a', cached: true })
  })

  test('another salt finds nothing of it', async () => {
    const { store, cache } = open({ salt: 'one' })
    await cache.answer(callOf('q'), giving('a'))
    for (const salt of ['two', undefined]) {
      const other = createCallCache({ store, mode: 'on', ...(salt === undefined ? {} : { salt }) })
      expect(await other.answer(callOf('q'), giving('b'))).toEqual({ stored: 'b', cached: false })
    }
  })

  test('what is not to be kept, and what fails, is made again', async () => {
    const { store, cache } = open()
    expect(await cache.answer(callOf('q'), giving(undefined))).toEqual({ stored: undefined, cached: false })
    await expect(cache.answer(callOf('q'), refusing)).rejects.toThrow('called')
    expect((await store.stats()).entries).toBe(0)
    expect(await cache.answer(callOf('q'), giving('a'))).toEqual({ stored: 'a', cached: false })
  })

  test.for([
    ['torn', undefined],
    ['foreign', {}],
    ['null', null],
    ['newer', { v: 2, model: 'm', call: {}, answer: 'x' }],
  ])('an entry that is %s counts as none and is overwritten', async ([, entry]) => {
    const { store, cache } = open()
    await cache.answer(callOf('q'), giving('a'))
    const written: string[] = []
    const spoiled = createCallCache({
      mode: 'on',
      store: Object.assign(new MemoryResponseCache(), {
        read: async () => entry,
        write: async ({ key }: { key: string }) => void written.push(key),
      }),
    })
    expect(await spoiled.answer(callOf('q'), giving('b'))).toEqual({ stored: 'b', cached: false })
    expect(written).toHaveLength(1)
    expect(await store.read({ model: 'test:m', key: written[0]! })).toMatchObject({ answer: 'a' })
  })

  test('bytes are kept as their hash, and what is kept is the call and nothing else', async () => {
    const { store, cache } = open({ salt: 's' })
    const identity = { prompt: [{ role: 'user', content: [{ type: 'image', data: new Uint8Array(5000) }] }] }
    await cache.answer(callOf('', { identity, epoch: 2, ordinal: 3 }), giving({ text: 'a' }))
    const [entry] = await store.newest('test:m', 1)
    const data = { $blob: expect.stringMatching(/^[0-9a-f]{64}$/), mediaType: 'application/octet-stream', bytes: 5000 }
    expect(entry).toEqual({
      v: 1,
      model: 'test:m',
      call: {
        identity: { prompt: [{ role: 'user', content: [{ type: 'image', data }] }] },
        epoch: 2,
        ordinal: 3,
        salt: 's',
      },
      answer: { text: 'a' },
    })
  })

  test('an answer that cannot be written is given all the same, and told of once', async () => {
    const problems: unknown[] = []
    const full = Object.assign(new MemoryResponseCache(), { write: () => Promise.reject(new Error('disk full')) })
    const { cache } = open({ store: full, onProblem: (problem) => void problems.push(problem) })
    for (const prompt of ['a', 'b']) {
      expect(await cache.answer(callOf(prompt), giving(prompt))).toEqual({ stored: prompt, cached: false })
    }
    expect(problems).toMatchObject([
      { code: 'EVALS_STORAGE_UNWRITABLE', message: expect.stringContaining('disk full') },
    ])
  })
})

test('a problem nobody listens to is a warning of the process', async () => {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const full = Object.assign(new MemoryResponseCache(), { write: () => Promise.reject(new Error('disk full')) })
  const { cache } = open({ store: full })
  await cache.answer(callOf('q'), giving('a'))
  expect(emitWarning.mock.calls).toEqual([
    ['An answer could not be cached: disk full', { type: 'EvalsWarning', code: 'EVALS_STORAGE_UNWRITABLE' }],
  ])
  emitWarning.mockRestore()
})

describe('identical calls in flight', () => {
  test('share one call, which one of them pays for', async () => {
    const provider = new Provider()
    const { cache } = open()
    const answers = [1, 2, 3].map(() => cache.answer(callOf('q'), provider.making()))
    const other = cache.answer(callOf('other'), provider.making())
    await setImmediate()
    expect(provider.calls).toHaveLength(2)
    for (const { answer } of provider.calls) answer({ text: ['a'] })
    const given = await Promise.all(answers)
    expect(given.map(({ cached }) => cached)).toEqual([false, true, true])
    expect(given.map(({ stored }) => stored)).toEqual([1, 2, 3].map(() => ({ text: ['a'] })))
    expect(await other).toEqual({ stored: { text: ['a'] }, cached: false })
    const { text } = given[1]!.stored as { text: string[] }
    text.push('changed')
    expect(given[2]?.stored).toEqual({ text: ['a'] })
  })

  test('only who waits for another is told to be waiting', async () => {
    const provider = new Provider()
    const { cache } = open()
    const waiting: string[] = []
    const ask = (name: string) =>
      cache.answer(callOf('q'), {
        ...provider.making(),
        waiting: (work) => {
          waiting.push(name)
          return work
        },
      })
    const answers = Promise.all(['first', 'second'].map(ask))
    await setImmediate()
    provider.calls[0]?.answer('a')
    expect(await answers).toEqual([
      { stored: 'a', cached: false },
      { stored: 'a', cached: true },
    ])
    expect(waiting).toEqual(['second'])
  })

  test('who aborts leaves the others alone, and the next pays', async () => {
    const provider = new Provider()
    const { cache } = open()
    const controller = new AbortController()
    const first = cache.answer(callOf('q'), provider.making(controller.signal))
    const others = [1, 2].map(() => cache.answer(callOf('q'), provider.making()))
    await setImmediate()
    const reason = new Error('left')
    controller.abort(reason)
    await expect(first).rejects.toBe(reason)
    expect(provider.calls[0]?.signal.aborted).toBe(false)
    provider.calls[0]?.answer('a')
    expect(await Promise.all(others)).toEqual([
      { stored: 'a', cached: false },
      { stored: 'a', cached: true },
    ])
    expect(provider.calls).toHaveLength(1)
  })

  test('when all have left, the call is aborted, and who comes then makes a new one', async () => {
    const provider = new Provider()
    const { cache } = open()
    const controllers = [new AbortController(), new AbortController()]
    const answers = controllers.map(({ signal }) => cache.answer(callOf('q'), provider.making(signal)))
    await setImmediate()
    controllers[1]?.abort(new Error('second'))
    expect(provider.calls[0]?.signal.aborted).toBe(false)
    controllers[0]?.abort(new Error('first'))
    expect(provider.calls[0]?.signal.reason).toEqual(new Error('first'))
    const next = cache.answer(callOf('q'), provider.making())
    await Promise.all(answers.map((answer, index) => expect(answer).rejects.toThrow(['first', 'second'][index])))
    await setImmediate()
    provider.calls[1]?.answer('a')
    expect(await next).toEqual({ stored: 'a', cached: false })
  })

  test('a failure goes to all who waited, and is not kept', async () => {
    const provider = new Provider()
    const { cache } = open()
    const answers = [1, 2].map(() => cache.answer(callOf('q'), provider.making()))
    await setImmediate()
    const failure = new Error('down')
    provider.calls[0]?.fail(failure)
    for (const answer of answers) await expect(answer).rejects.toBe(failure)
    expect(await cache.answer(callOf('q'), giving('a'))).toEqual({ stored: 'a', cached: false })
  })

  test('when the answer is not to be kept, each makes its own', async () => {
    const provider = new Provider()
    const { cache } = open()
    const answers = [1, 2, 3].map(() => cache.answer(callOf('q'), provider.making()))
    await setImmediate()
    provider.calls[0]?.answer(undefined)
    expect(await answers[0]).toEqual({ stored: undefined, cached: false })
    await setImmediate()
    expect(provider.calls).toHaveLength(3)
    for (const { answer } of provider.calls) answer('b')
    expect(await Promise.all(answers.slice(1))).toEqual([1, 2].map(() => ({ stored: 'b', cached: false })))
  })

  test('who has aborted already asks nothing', async () => {
    const provider = new Provider()
    const { cache } = open()
    const reason = new Error('before')
    await expect(cache.answer(callOf('q'), provider.making(AbortSignal.abort(reason)))).rejects.toBe(reason)
    expect(provider.calls).toEqual([])
  })

  test('of several workers share one call through leases', async () => {
    const provider = new Provider()
    const store = new MemoryResponseCache()
    const leases = new InProcessLeases()
    const workers = [1, 2, 3].map(() => createCallCache({ store, mode: 'on', leases }))
    const answers = workers.map((worker) => worker.answer(callOf('q'), provider.making()))
    await setImmediate()
    expect(provider.calls).toHaveLength(1)
    provider.calls[0]?.answer('a')
    expect(await Promise.all(answers)).toEqual([
      { stored: 'a', cached: false },
      { stored: 'a', cached: true },
      { stored: 'a', cached: true },
    ])
    expect(provider.calls).toHaveLength(1)
    expect(await workers[0]?.answer(callOf('q'), refusing)).toEqual({ stored: 'a', cached: true })
  })

  test('a failure in one worker lets the next make the call, and an abort gives the lease back', async () => {
    const provider = new Provider()
    const store = new MemoryResponseCache()
    const leases = new InProcessLeases()
    const workers = [1, 2, 3].map(() => createCallCache({ store, mode: 'on', leases }))
    const controller = new AbortController()
    const signals = [never, controller.signal, never]
    const answers = workers.map((worker, index) => worker.answer(callOf('q'), provider.making(signals[index])))
    await setImmediate()
    provider.calls[0]?.fail(new Error('down'))
    await expect(answers[0]).rejects.toThrow('down')
    await setImmediate()
    expect(provider.calls).toHaveLength(2)
    controller.abort(new Error('left'))
    await expect(answers[1]).rejects.toThrow('left')
    await setImmediate()
    provider.calls[2]?.answer('a')
    expect(await answers[2]).toEqual({ stored: 'a', cached: false })
  })
})

test('refresh asks again each time and overwrites what is stored', async () => {
  const { store, cache } = open()
  await cache.answer(callOf('q'), giving('old'))
  const refresh = createCallCache({ store, mode: 'refresh' })
  for (const answer of ['new', 'newer']) {
    expect(await refresh.answer(callOf('q'), giving(answer))).toEqual({ stored: answer, cached: false })
  }
  expect(await cache.answer(callOf('q'), refusing)).toEqual({ stored: 'newer', cached: true })
})

describe('replay', () => {
  test('gives what is stored and makes no call', async () => {
    const { store, cache } = open()
    await cache.answer(callOf('q'), giving('a'))
    const replay = createCallCache({ store, mode: 'replay' })
    expect(await replay.answer(callOf('q'), refusing)).toEqual({ stored: 'a', cached: true })
  })

  test('a miss shows what the nearest stored call of the model has different', async () => {
    const { store, cache } = open()
    const identity = (prompt: string, temperature: number) => ({ prompt, parameters: { temperature } })
    const stored = ['What is the capital of France?', 'Name a river.', 'What is the capital of Italy?']
    for (const prompt of stored) await cache.answer(callOf('', { identity: identity(prompt, 0) }), giving('a'))
    await cache.answer(callOf('', { model: 'test:n', identity: identity(stored[0]!, 0.7) }), giving('a'))
    const replay = createCallCache({ store, mode: 'replay' })
    const miss = replay.answer(callOf('', { identity: identity('What is the capital of France?', 0.7) }), refusing)
    await expect(miss).rejects.toMatchObject({
      code: 'EVALS_CACHE_MISS',
      message:
        "No answer is stored for this call of test:m, and `cache: 'replay'` makes none. The nearest of 3 stored calls differs in identity.parameters.temperature: stored 0, called with 0.7. Undo the change, or run once with `cache: 'on'`.",
      details: {
        model: 'test:m',
        key: expect.stringMatching(/^[0-9a-f]{64}$/),
        differences: [{ path: 'identity.parameters.temperature', stored: '0', made: '0.7' }],
      },
    })
    expect((await store.stats()).entries).toBe(4)
  })

  test('a miss where nothing is stored says so', async () => {
    const { cache } = open({ mode: 'replay' })
    await expect(cache.answer(callOf('q'), refusing)).rejects.toMatchObject({
      code: 'EVALS_CACHE_MISS',
      message: expect.stringContaining("Nothing at all is stored for test:m: run once with `cache: 'on'`."),
    })
  })

  test('many misses read the stored calls once, and at most 200 of them', async () => {
    const { store, cache } = open()
    for (let index = 0; index < 250; index += 1) await cache.answer(callOf(`${index}`), giving('a'))
    const limits: number[] = []
    const replay = createCallCache({
      mode: 'replay',
      store: Object.assign(new MemoryResponseCache(), {
        newest: (model: string, limit: number) => {
          limits.push(limit)
          return store.newest(model, limit)
        },
      }),
    })
    const misses = Array.from({ length: 20 }, (_, index) => replay.answer(callOf(`new ${index}`), refusing))
    for (const miss of misses) await expect(miss).rejects.toThrow('The nearest of 200 stored calls differs')
    expect(limits).toEqual([200])
  })
})
