import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { AdaptiveLimiter, type AdaptiveLimiterOptions } from './adaptive-limiter.ts'
import type { CallOutcome, SlotRequest } from './limiter.ts'

function open(options: Partial<AdaptiveLimiterOptions> = {}) {
  const clock = new ManualClock()
  const limiter = new AdaptiveLimiter({ clock, ...options })
  const acquire = (request: Partial<SlotRequest> = {}) =>
    limiter.acquire('key', { estimate: { inputTokens: 10, maxOutputTokens: 0 }, ...request })
  const call = async (outcome: Partial<CallOutcome> = {}): Promise<void> => {
    const slot = await acquire()
    slot.release({ result: 'answered', durationMs: 1, ...outcome })
    await setImmediate()
  }
  return { clock, limiter, acquire, call }
}

test('calls that leave are not waiting any more, and keep no timer', async () => {
  const { clock, limiter, acquire, call } = open()
  await call({ result: 'refused', limits: { retryAfterMs: 60_000 } })
  const controller = new AbortController()
  const waiting = Array.from({ length: 50 }, () => acquire({ signal: controller.signal }))
  expect(limiter.state).toMatchObject([{ waiting: 50 }])
  controller.abort(new Error('no longer wanted'))
  const ended = await Promise.allSettled(waiting)
  expect(ended.every(({ status }) => status === 'rejected')).toBe(true)
  expect(limiter.state).toMatchObject([{ waiting: 0 }])
  // Whatever was to happen in the next turn.
  clock.advance(0)
  expect(clock.waiting).toBe(0)
})

test('a call for which there are too few tokens holds up nobody once it has left', async () => {
  const { clock, acquire, call } = open()
  const tokens = (remaining: number) => ({ tokens: { limit: 1000, remaining, resetMs: (1000 - remaining) * 60 } })
  for (const remaining of [900, 200]) {
    await call({ inputTokens: 10, limits: tokens(remaining) })
    clock.advance(200)
  }
  const controller = new AbortController()
  const large = acquire({ estimate: { inputTokens: 900, maxOutputTokens: 0 }, signal: controller.signal })
  const small = acquire()
  controller.abort(new Error('no longer wanted'))
  await expect(large).rejects.toThrow('no longer wanted')
  clock.advance(1000)
  expect(await small).toMatchObject({ probe: false })
})

test('who may not wait as long as the server asks fails at once, whether it waits already or comes later', async () => {
  const { acquire, call } = open({ maxConnections: 1 })
  const held = await acquire()
  const impatient = acquire({ deadlineMs: 1_800_000 })
  const patient = acquire({ deadlineMs: 50_000_000 })
  held.release({ result: 'refused', durationMs: 1, limits: { retryAfterMs: 43_200_000 } })
  const message =
    'The server has asked for no calls in the next 43,200 s, and this one may wait 1,800 s. Run again later, or raise `maxWait`.'
  await expect(impatient).rejects.toMatchObject({ code: 'EVALS_LIMITER_DEADLINE', message })
  await expect(acquire({ deadlineMs: 1_800_000 })).rejects.toMatchObject({ message })
  expect(await Promise.race([patient, call(), setImmediate('both wait')])).toBe('both wait')
})

test('when the server is taken to be down, calls leave that do not wait for that', async () => {
  const { clock, limiter, acquire } = open({ startConnections: 10 })
  const begun = Array.from({ length: 10 }, () => acquire())
  for (let done = 0; done < 10; done += 1) {
    clock.advance(20)
    await setImmediate()
  }
  const failFast = acquire({ failFast: true })
  const patient = acquire()
  for (const slot of await Promise.all(begun)) slot.release({ result: 'failed', durationMs: 1 })
  await expect(failFast).rejects.toMatchObject({ code: 'EVALS_CIRCUIT_OPEN' })
  expect(limiter.state).toMatchObject([{ down: true, waiting: 1 }])
  clock.advance(100)
  expect(await patient).toMatchObject({ probe: true })
})

test('a slot is given back even if who is told of changes throws', async () => {
  const { clock, limiter, acquire, call } = open({
    maxConnections: 5,
    startConnections: 1,
    onChange: () => {
      throw new Error('a listener')
    },
  })
  const slot = await acquire()
  expect(() => slot.release({ result: 'answered', durationMs: 0 })).toThrow('a listener')
  await setImmediate()
  expect(limiter.state).toMatchObject([{ inFlight: 0 }])
  clock.advance(1000)
  await call({ result: 'rejected' })
})
