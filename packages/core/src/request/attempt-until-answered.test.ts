import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { SampleScope } from '../sample/sample-scope.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { attemptUntilAnswered } from './attempt-until-answered.ts'
import { ModelCallError } from './call-error.ts'
import { CallProgress } from './call-progress.ts'
import type { CallAnswer } from './model-request.ts'
import { interactive, patient } from './retry-policy.ts'
import {
  answers,
  fails,
  hangs,
  ScriptedCall,
  throws,
  type CallScript,
  type Step,
} from './scripted-call.test-support.ts'

interface Begun {
  readonly call: ScriptedCall
  readonly scope: SampleScope
  readonly progress: CallProgress
  readonly caller: AbortController
  readonly result: Promise<CallAnswer<string>>
}

function begin(script: CallScript): Begun {
  const call = new ScriptedCall(script)
  const caller = new AbortController()
  const scope = new SampleScope({ aborts: caller, metadata: {}, clock: call.clock, group: 'capitals' })
  const progress = new CallProgress(call.clock, scope.waits)
  // As the call's recording does.
  scope.waits.openCall()
  const { signal } = caller
  const result = attemptUntilAnswered(call.request, { engine: call.engine, scope, signal, progress })
  return { call, scope, progress, caller, result }
}

async function run(script: CallScript) {
  const begun = begin(script)
  const end = await begun.call.end(begun.result)
  const error = end.status === 'rejected' ? (end.reason as Error) : undefined
  const { events, requests, outcomes, clock } = begun.call
  const { progress, scope } = begun
  const { stoppedMs } = scope.waits
  return { end, error, events, requests, outcomes, progress: shown(progress), stoppedMs, timers: clock.waiting }
}

function shown({ queuedMs, failed, firstTokenMs }: CallProgress) {
  return { queuedMs, retries: failed.length, ...(firstTokenMs === undefined ? {} : { firstTokenMs }) }
}

describe('a call that is answered', () => {
  test('at once: prepared before it takes a slot, which it gives back with what the answer told', async () => {
    const { end, events, requests, outcomes, progress, timers } = await run({ steps: [answers('yes', 40)] })
    expect(end).toEqual({
      status: 'fulfilled',
      value: { result: 'yes', usage: { inputTokens: 10, outputTokens: 5 } },
    })
    expect(events).toEqual(['0 prepare', '0 acquire', '0 attempt 1', '40 release answered'])
    expect(requests).toEqual([
      {
        estimate: { inputTokens: 10 },
        priority: 'new',
        group: 'capitals',
        failFast: false,
        deadlineMs: 1_800_000,
        signal: expect.any(AbortSignal) as AbortSignal,
      },
    ])
    const tokens = { inputTokens: 10, outputTokens: 5, costUsd: 20 / 1e6 }
    expect(outcomes).toEqual([{ result: 'answered', durationMs: 40, limits: {}, ...tokens }])
    expect(progress).toEqual({ queuedMs: 0, retries: 0, firstTokenMs: 40 })
    expect(timers).toBe(0)
  })

  test('without a word on its tokens: they are not taken for 0', async () => {
    const { outcomes } = await run({ steps: [async () => ({ result: 'yes', usage: {} })] })
    expect(outcomes).toEqual([{ result: 'answered', durationMs: 0, limits: {} }])
  })

  test('after refusals: all waiting is queued, and the time of its sample stands still', async () => {
    const refused = fails(429, { 'retry-after': '2' })
    const { end, events, requests, outcomes, progress, stoppedMs } = await run({
      steps: [fails(429), refused, answers('yes')],
      openAt: 500,
    })
    expect(end).toMatchObject({ value: { result: 'yes' } })
    expect(events).toEqual(
      [
        ['0 prepare', '0 acquire', '500 attempt 1', '500 release refused'],
        ['750 acquire', '750 attempt 2', '750 release refused'],
        ['2750 acquire', '2750 attempt 3', '2750 release answered'],
      ].flat(),
    )
    expect(requests.map(({ priority, deadlineMs }) => [priority, deadlineMs])).toEqual([
      ['new', 1_800_000],
      ['begun', 1_799_250],
      ['begun', 1_797_250],
    ])
    expect(outcomes.slice(0, 2)).toEqual([
      { result: 'refused', durationMs: 0, limits: {} },
      { result: 'refused', durationMs: 0, limits: { retryAfterMs: 2000 } },
    ])
    expect(progress).toMatchObject({ queuedMs: 2750, retries: 2 })
    expect(stoppedMs).toBe(2750)
  })

  test('after a fault: back-off without a slot is the call’s own time', async () => {
    const { end, events, progress, stoppedMs } = await run({ steps: [fails(500), answers('yes')] })
    expect(end).toMatchObject({ value: { result: 'yes' } })
    expect(events).toEqual(
      [
        ['0 prepare', '0 acquire', '0 attempt 1', '0 release failed'],
        ['250 acquire', '250 attempt 2', '250 release answered'],
      ].flat(),
    )
    expect({ progress, stoppedMs }).toMatchObject({ progress: { queuedMs: 0, retries: 1 }, stoppedMs: 0 })
  })
})

describe('a call that gives up', () => {
  test('five faults are retried; the sixth is the error, with those before it', async () => {
    const { error, events, outcomes, progress } = await run({
      steps: [500, 502, 503, 500, 408, 529].map((s) => fails(s)),
    })
    expect(error).toBeInstanceOf(ModelCallError)
    expect(error).toMatchObject({ code: 'EVALS_MODEL_UNAVAILABLE', details: { status: 529 } })
    const { attempts } = error as Error & { attempts: { code: string; message: string }[] }
    expect(attempts.map(({ code, message }) => `${code} ${/HTTP \d+/.exec(message)?.[0]}`)).toEqual(
      [500, 502, 503, 500, 408].map((status) => `EVALS_MODEL_UNAVAILABLE HTTP ${status}`),
    )
    expect(events.filter((event) => event.includes('attempt'))).toEqual([
      '0 attempt 1',
      '250 attempt 2',
      '750 attempt 3',
      '1750 attempt 4',
      '3750 attempt 5',
      '7750 attempt 6',
    ])
    expect(outcomes.map(({ result }) => result)).toEqual(Array.from({ length: 6 }, () => 'failed'))
    expect(progress).toEqual({ queuedMs: 0, retries: 5 })
  })

  test('a timeout is retried once; both attempts are told to stop', async () => {
    const { error, events, progress, timers } = await run({ steps: [hangs, hangs] })
    expect(error).toMatchObject({
      code: 'EVALS_MODEL_TIMEOUT',
      fault: 'timeout',
      message: "fake:m did not answer within 1000 ms. Raise the model's `timeoutMs`, or ask for less.",
      attempts: [{ code: 'EVALS_MODEL_TIMEOUT' }],
    })
    expect(events).toEqual(
      [
        ['0 prepare', '0 acquire', '0 attempt 1', '1000 release failed'],
        ['1250 acquire', '1250 attempt 2', '2250 release failed'],
      ].flat(),
    )
    expect(progress).toEqual({ queuedMs: 0, retries: 1 })
    expect(timers).toBe(0)
  })

  test('faults of each kind are counted apart', async () => {
    const steps = [fails(429), fails(500), hangs, fails(429), fails(500), answers('yes')]
    const { end, progress } = await run({ steps })
    expect(end).toMatchObject({ value: { result: 'yes' } })
    expect(progress).toMatchObject({ retries: 5 })
  })

  test('a server that asks for a day is told of at once, with what it asked for', async () => {
    const { error, events, outcomes } = await run({ steps: [fails(429, { 'retry-after': '86400' })] })
    expect(error).toMatchObject({
      code: 'EVALS_MODEL_WAIT_TOO_LONG',
      fault: 'fatal',
      limits: { retryAfterMs: 86_400_000 },
      cause: { code: 'EVALS_MODEL_REFUSED' },
      attempts: [{ code: 'EVALS_MODEL_REFUSED' }],
    })
    expect(error?.message).toBe(
      'fake:m: the server asks to wait 86400 s, but only 1800 s of `maxWait` are left. Run again later. (fake:m refused the call: too many requests or tokens (HTTP 429): said 429. Wait, lower `maxConnections`, or raise the quota.)',
    )
    expect(events).toEqual(['0 prepare', '0 acquire', '0 attempt 1', '0 release refused'])
    expect(outcomes).toEqual([{ result: 'refused', durationMs: 0, limits: { retryAfterMs: 86_400_000 } }])
  })

  test('what it has waited before counts, too', async () => {
    const retry = { ...patient, maxWaitMs: 3000 }
    const refused = fails(429, { 'retry-after': '2' })
    const { error, events } = await run({ steps: [refused, refused], retry })
    expect(error).toMatchObject({ code: 'EVALS_MODEL_WAIT_TOO_LONG', attempts: [{}, {}] })
    expect(error?.message).toContain('the server asks to wait 2 s, but only 1 s of `maxWait` are left')
    expect(events.at(-1)).toBe('2000 release refused')
  })

  test('what is fatal is not tried again', async () => {
    const { error, events, outcomes, progress } = await run({ steps: [fails(400)] })
    expect(error).toMatchObject({ code: 'EVALS_MODEL_REQUEST_INVALID', attempts: [] })
    expect(events).toEqual(['0 prepare', '0 acquire', '0 attempt 1', '0 release rejected'])
    expect([outcomes, progress]).toMatchObject([[{ result: 'rejected' }], { retries: 0 }])
  })

  test('without retries every fault is final, and no open circuit is waited for', async () => {
    for (const step of [fails(429), fails(500), hangs]) {
      const { events, requests, error } = await run({ steps: [step], retry: interactive })
      expect(error).toBeInstanceOf(ModelCallError)
      expect(requests).toMatchObject([{ failFast: true, deadlineMs: 10_000 }])
      expect(events).toHaveLength(4)
    }
  })

  test('what is thrown before anything was sent passes through as it is', async () => {
    const thrown = new TypeError('`messages` is not a list')
    const { error, outcomes } = await run({ steps: [throws(thrown)] })
    expect(error).toBe(thrown)
    expect(outcomes).toEqual([{ result: 'rejected', durationMs: 0, limits: {} }])
  })

  test('what cannot be prepared takes no slot', async () => {
    const call = new ScriptedCall({ steps: [] })
    const request = { ...call.request, prepare: () => Promise.reject(new TypeError('not installed')) }
    const progress = new CallProgress(call.clock)
    const { signal } = new AbortController()
    const result = attemptUntilAnswered(request, { engine: call.engine, scope: undefined, signal, progress })
    await expect(result).rejects.toThrow('not installed')
    expect(call.events).toEqual([])
  })
})

describe('a key that is refused', () => {
  async function askThrice(scope: SampleScope | undefined) {
    const call = new ScriptedCall({ steps: [fails(401), fails(401), fails(403)] })
    const ask = async (): Promise<unknown> => {
      const { signal } = new AbortController()
      const setting = { engine: call.engine, scope, signal, progress: new CallProgress(call.clock) }
      return attemptUntilAnswered(call.request, setting).catch((error: unknown) => error)
    }
    return { errors: [await ask(), await ask(), await ask()], outcomes: call.outcomes.map(({ result }) => result) }
  }
  const invalid = (status: number) => ({ code: 'EVALS_MODEL_KEY_INVALID', details: { status } })

  test('is told of once in a run; other calls of the account only point to that', async () => {
    const scope = new SampleScope({ aborts: new AbortController(), metadata: {}, clock: new ManualClock() })
    const { errors, outcomes } = await askThrice(scope)
    // 403 may be about this one call.
    expect(errors).toMatchObject([invalid(401), { code: 'EVALS_MODEL_KEY_REFUSED' }, invalid(403)])
    expect(outcomes).toEqual(['denied', 'denied', 'rejected'])
  })

  test('is told of each time outside a run, and stops no other call', async () => {
    const { errors, outcomes } = await askThrice(undefined)
    expect(errors).toMatchObject([invalid(401), invalid(401), invalid(403)])
    expect(outcomes).toEqual(['rejected', 'rejected', 'rejected'])
  })
})

test('an answer that cannot be used says that the server is up: it is the call’s own fault, also of a probe', async () => {
  const steps = Array.from({ length: 20 }, () => fails(200))
  const { error, outcomes } = await run({ steps, probes: steps.map(() => true) })
  expect(error).toMatchObject({ code: 'EVALS_MODEL_ANSWER_INVALID' })
  expect(outcomes.map(({ result }) => result)).toEqual(Array.from({ length: 6 }, () => 'unusable'))
})

test('a fault of a probe is none of the call’s own', async () => {
  const faults: Step[] = Array.from({ length: 20 }, () => fails(503))
  const { end, progress } = await run({ steps: [...faults, answers('yes')], probes: faults.map(() => true) })
  expect(end).toMatchObject({ value: { result: 'yes' } })
  expect(progress).toMatchObject({ retries: 20 })
})

describe('a call that is aborted', () => {
  const reason = new DOMException('the sample has ended', 'AbortError')

  async function abortAt(ms: number, script: CallScript) {
    const { call, caller, result, scope, progress } = begin(script)
    const error = result.catch((thrown: unknown) => thrown)
    await setImmediate()
    call.clock.advance(ms)
    await setImmediate()
    caller.abort(reason)
    expect(await error).toBe(reason)
    expect(call.clock.waiting).toBe(0)
    call.clock.advance(1_000_000)
    await setImmediate()
    return { events: call.events, progress: shown(progress), stopped: scope.waits.stopped }
  }

  test('before it begins: nothing is asked for', async () => {
    const call = new ScriptedCall({ steps: [] })
    const setting = { engine: call.engine, scope: undefined, progress: new CallProgress(call.clock) }
    const signal = AbortSignal.abort(reason)
    await expect(attemptUntilAnswered(call.request, { ...setting, signal })).rejects.toBe(reason)
    expect(call.events).toEqual(['0 prepare'])
  })

  test('while it waits for a slot: it never had one', async () => {
    const end = await abortAt(400, { steps: [], openAt: 500 })
    expect(end).toEqual({
      events: ['0 prepare', '0 acquire'],
      progress: { queuedMs: 400, retries: 0 },
      stopped: false,
    })
  })

  test('during an attempt: the slot is given back once, and nothing is tried after', async () => {
    const { events } = await abortAt(400, { steps: [hangs] })
    expect(events).toEqual(['0 prepare', '0 acquire', '0 attempt 1', '400 release aborted'])
  })

  test('during an attempt that does not listen: its late answer counts no more', async () => {
    const late = Promise.withResolvers<CallAnswer<string>>()
    const { call, caller, result } = begin({ steps: [() => late.promise] })
    const error = result.catch((thrown: unknown) => thrown)
    await setImmediate()
    caller.abort(reason)
    late.resolve({ result: 'late', usage: {} })
    expect(await error).toBe(reason)
    await setImmediate()
    expect(call.events).toEqual(['0 prepare', '0 acquire', '0 attempt 1', '0 release aborted'])
  })

  test('between the slot and the attempt: the attempt is not made', async () => {
    const { call, caller, result } = begin({ steps: [], openAt: 500 })
    const error = result.catch((thrown: unknown) => thrown)
    await setImmediate()
    call.clock.advance(500)
    caller.abort(reason)
    expect(await error).toBe(reason)
    expect(call.events).toEqual(['0 prepare', '0 acquire', '500 release aborted'])
  })

  test.for<[when: string, step: Step, released: string]>([
    ['a fault', fails(500), 'failed'],
    ['a refusal', fails(429, { 'retry-after': '60' }), 'refused'],
  ])('during the back-off after %s: the slot was given back before, and no more', async ([, step, released]) => {
    const { events, stopped } = await abortAt(100, { steps: [step] })
    expect(events).toEqual(['0 prepare', '0 acquire', '0 attempt 1', `0 release ${released}`])
    expect(stopped).toBe(false)
  })
})
