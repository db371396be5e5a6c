import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { raceDeadline, type RaceResult } from './race-deadline.ts'
import { WaitClock } from './wait-clock.ts'

function race<Result>(work: () => Result | Promise<Result>, { timeoutMs = 100 } = {}) {
  const clock = new ManualClock()
  const outside = new AbortController()
  const inside = new AbortController()
  const result: Promise<RaceResult<Result>> = raceDeadline(work, {
    timeoutMs,
    signal: outside.signal,
    controller: inside,
    clock,
  })
  return { clock, outside, inside, result }
}

test('work that returns or throws, at once or later, ends with what it gave', async () => {
  expect(await race(() => 1).result).toEqual({ ended: 'returned', value: 1, durationMs: 0, waitedMs: 0 })
  expect(await race(async () => 1).result).toEqual({ ended: 'returned', value: 1, durationMs: 0, waitedMs: 0 })
  const fail = (): never => {
    throw new TypeError('no')
  }
  expect(await race(fail).result).toMatchObject({ ended: 'threw', error: { message: 'no' } })
  expect(await race(() => Promise.reject(new TypeError('no'))).result).toMatchObject({
    ended: 'threw',
    error: { message: 'no' },
  })
})

test('anything with `then` is awaited', async () => {
  // oxlint-disable-next-line unicorn/no-thenable -- as some database clients return
  const thenable = { then: (resolve: (value: number) => void) => resolve(1) } as unknown as Promise<number>
  expect(await race(() => thenable).result).toMatchObject({ ended: 'returned', value: 1 })
})

test('durations are in ms to one place', async () => {
  const slow = Promise.withResolvers<void>()
  const { clock, result } = race(() => slow.promise)
  clock.advance(12.345)
  slow.resolve()
  expect(await result).toEqual({ ended: 'returned', value: undefined, durationMs: 12.3, waitedMs: 0 })
})

test('the time of synchronous work ends with it, not when the caller has its turn', async () => {
  const { clock, result } = race(() => 'sync')
  clock.advance(50)
  expect(await result).toMatchObject({ durationMs: 0 })
})

test('over its time: the work is told to stop, and what it does later is dropped', async () => {
  const slow = Promise.withResolvers<number>()
  const { clock, inside, result } = race(() => slow.promise)
  clock.advance(100)
  expect(await result).toEqual({ ended: 'timeout', durationMs: 100, waitedMs: 0 })
  expect(inside.signal.reason).toMatchObject({ name: 'TimeoutError', message: 'over 100 ms' })
  slow.reject(new Error('too late'))
  await setImmediate()
})

test('cancelled from outside: the work is told why, and no timer is left', async () => {
  const { clock, outside, inside, result } = race(() => new Promise(() => {}))
  expect(clock.waiting).toBe(1)
  outside.abort('stop')
  expect(await result).toEqual({ ended: 'cancelled', durationMs: 0, waitedMs: 0 })
  expect(inside.signal.reason).toBe('stop')
  expect(clock.waiting).toBe(0)
})

test('cancelled before: the work never begins', async () => {
  const clock = new ManualClock()
  const result = raceDeadline(() => expect.unreachable(), {
    timeoutMs: 100,
    signal: AbortSignal.abort('stop'),
    controller: new AbortController(),
    clock,
  })
  expect(await result).toEqual({ ended: 'cancelled', durationMs: 0, waitedMs: 0 })
  expect(clock.waiting).toBe(0)
})

test('time in which the work can only wait is no part of its timeout, but has an end of its own', async () => {
  const clock = new ManualClock()
  const waits = new WaitClock(clock)
  const start = (maxWaitMs: number) =>
    raceDeadline(() => new Promise<never>(() => {}), {
      timeoutMs: 100,
      maxWaitMs,
      waits,
      signal: new AbortController().signal,
      controller: new AbortController(),
      clock,
    })
  const slow = start(1000)
  clock.advance(60)
  const close = waits.openCall()
  const other = waits.openCall()
  const ends = [waits.startWaiting(), waits.startWaiting()]
  clock.advance(500)
  ends[0]!()
  clock.advance(39)
  ends[1]!()
  clock.advance(1)
  expect(await slow).toEqual({ ended: 'timeout', durationMs: 100, waitedMs: 500 })
  close()
  const impatient = start(70)
  waits.startWaiting()
  clock.advance(70)
  expect(await impatient).toEqual({ ended: 'waited', durationMs: 0, waitedMs: 70 })
  other()
  expect(clock.waiting).toBe(0)
})

test.for([0, -1])('%d ms are no limit', async (timeoutMs) => {
  const { clock, result } = race(async () => 1, { timeoutMs })
  expect(clock.waiting).toBe(0)
  expect(await result).toMatchObject({ ended: 'returned' })
})
