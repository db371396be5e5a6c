import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { withSampleScope } from '../sample/current-sample.ts'
import { SampleScope } from '../sample/sample-scope.ts'
import type { CallCache } from './call-cache.ts'
import { useRequestEngine } from './request-engine.ts'
import { runRequest } from './run-request.ts'
import { answers, fails, hangs, ScriptedCall, type CallScript, type Step } from './scripted-call.test-support.ts'

function begin(script: CallScript, { cache }: { cache?: CallCache } = {}) {
  const call = new ScriptedCall(script)
  useRequestEngine({ ...call.engine, ...(cache === undefined ? {} : { cache }) })
  const aborts = new AbortController()
  const scope = new SampleScope({ aborts, metadata: {}, clock: call.clock, epoch: 2 })
  const ask = (request = call.request): Promise<string> => withSampleScope(scope, () => runRequest(request))
  return { call, scope, aborts, ask }
}

/** Something else that waits would stop the time of a sample whose calls have all ended. */
function hasOpenCalls({ waits }: SampleScope): boolean {
  const goOn = waits.pause()
  const { stopped } = waits
  goOn()
  return !stopped
}

test('outside a sample a call just gives its answer', async () => {
  const { call } = begin({ steps: [fails(500), answers('yes')] })
  expect(await call.end(runRequest(call.request))).toEqual({ status: 'fulfilled', value: 'yes' })
})

test('what a call waited is no part of its duration', async () => {
  const { call, scope, ask } = begin({ steps: [fails(429), fails(500), answers('yes', 40.4)], openAt: 500 })
  expect(await call.end(ask())).toEqual({ status: 'fulfilled', value: 'yes' })
  // 500 ms for a slot, 250 after the refusal; 250 after the fault are its own.
  expect(scope.calls).toEqual([
    {
      model: 'fake:m',
      purpose: 'task',
      durationMs: 290,
      firstTokenMs: 40,
      queuedMs: 750,
      retries: 2,
      cached: false,
      usage: { inputTokens: 10, outputTokens: 5 },
      costUsd: 20 / 1e6,
    },
  ])
  expect(scope.waits).toMatchObject({ stoppedMs: 750, stopped: false })
  expect(hasOpenCalls(scope)).toBe(false)
})

test('while another call of the sample is at work, its time goes on', async () => {
  const { call, scope, ask } = begin({ steps: [hangs, fails(429), answers('yes')] })
  const first = ask().catch((error: unknown) => error)
  await setImmediate()
  expect(await call.end(ask())).toEqual({ status: 'fulfilled', value: 'yes' })
  expect(scope.calls).toMatchObject([{ queuedMs: 250, durationMs: 0 }])
  expect(scope.waits.stoppedMs).toBe(0)
  await call.end(first)
})

test('a call that fails is recorded with its error and the attempts before it', async () => {
  const { call, scope, ask } = begin({ steps: [fails(500), fails(400)] })
  const end = await call.end(ask())
  expect(end).toMatchObject({ status: 'rejected', reason: { code: 'EVALS_MODEL_REQUEST_INVALID' } })
  expect(scope.calls).toEqual([
    {
      model: 'fake:m',
      purpose: 'task',
      durationMs: 250,
      queuedMs: 0,
      retries: 1,
      cached: false,
      usage: {},
      // Nobody bills what a server refuses.
      costUsd: 0,
      error: expect.objectContaining({
        code: 'EVALS_MODEL_REQUEST_INVALID',
        attempts: [expect.objectContaining({ code: 'EVALS_MODEL_UNAVAILABLE' })],
      }) as object,
    },
  ])
  expect(hasOpenCalls(scope)).toBe(false)
})

test.for<[what: string, steps: readonly Step[]]>([
  ['an answer that could not be used', Array.from({ length: 6 }, () => fails(200))],
  ['one such answer, and then the request was refused', [fails(200), fails(400)]],
])('what a call cost that failed with %s is unknown, and not 0', async ([, steps]) => {
  const { call, scope, ask } = begin({ steps })
  expect(await call.end(ask())).toMatchObject({ status: 'rejected' })
  expect(scope.calls[0]).not.toHaveProperty('costUsd')
})

test('a call of a free model that failed cost nothing', async () => {
  const { call, scope, ask } = begin({ steps: Array.from({ length: 6 }, () => fails(200)) })
  await call.end(ask({ ...call.request, price: { input: 0, output: 0 } }))
  expect(scope.calls).toMatchObject([{ costUsd: 0, error: { code: 'EVALS_MODEL_ANSWER_INVALID' } }])
})

test.for<'sample' | 'caller'>(['sample', 'caller'])('the %s can abort a call, which is recorded', async (who) => {
  const { call, scope, aborts, ask } = begin({ steps: [hangs] })
  const caller = new AbortController()
  const result = ask({ ...call.request, signal: caller.signal }).catch((error: unknown) => error)
  await setImmediate()
  const reason = new DOMException('no longer wanted', 'AbortError')
  ;(who === 'sample' ? aborts : caller).abort(reason)
  expect(await result).toBe(reason)
  expect(call.events).toEqual(['0 prepare', '0 acquire', '0 attempt 1', '0 release aborted'])
  expect(scope.calls).toMatchObject([{ error: { name: 'AbortError', message: 'no longer wanted' } }])
})

test('a call whose signal has aborted asks for nothing', async () => {
  const { call, ask } = begin({ steps: [] })
  await expect(ask({ ...call.request, signal: AbortSignal.abort(new RangeError('gone')) })).rejects.toThrow('gone')
  expect(call.events).toEqual([])
})

test('an answer of the cache costs nothing and takes no slot; a new one is handed over to be kept', async () => {
  const kept: unknown[] = []
  const asked: unknown[] = []
  const cache: CallCache = {
    async answer(call, { make, signal }) {
      asked.push(call)
      if (kept.length > 0) return { stored: kept[0], cached: true }
      const stored = await make(signal)
      kept.push(stored)
      return { stored, cached: false }
    },
  }
  const { call, scope, ask } = begin({ steps: [answers('yes', 40)] }, { cache })
  const store = (text: string): unknown => ({ text })
  const restore = (stored: unknown): string => `${(stored as { text: string }).text} again`
  const request = { ...call.request, cache: { identity: { prompt: 'q' }, store, restore } }
  expect([await ask(request), await ask(request)]).toEqual(['yes', 'yes again'])
  const usage = { inputTokens: 10, outputTokens: 5 }
  expect(kept).toEqual([{ result: { text: 'yes' }, usage }])
  expect(asked).toEqual([
    { model: 'fake:m', identity: { prompt: 'q' }, epoch: 2, ordinal: 0 },
    { model: 'fake:m', identity: { prompt: 'q' }, epoch: 2, ordinal: 1 },
  ])
  expect(scope.calls).toMatchObject([
    { cached: false, costUsd: 20 / 1e6, durationMs: 40, usage },
    { cached: true, costUsd: 0, durationMs: 0, usage },
  ])
  expect(call.requests).toHaveLength(1)
})
