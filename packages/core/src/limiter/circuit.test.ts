import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { Circuit } from './circuit.ts'

function open() {
  const clock = new ManualClock()
  const circuit = new Circuit(clock)
  const begin = (): PromiseWithResolvers<void> => {
    const call = Promise.withResolvers<void>()
    circuit.watch(call.promise)
    return call
  }
  const end = async (call: PromiseWithResolvers<void>, how: 'answered' | 'failed'): Promise<void> => {
    if (how === 'answered') call.resolve()
    else call.reject(new TypeError('503'))
    await setImmediate()
  }
  const fail = async (times: number): Promise<void> => {
    for (let done = 0; done < times; done += 1) await end(begin(), 'failed')
  }
  const state = () => ({ isOpen: circuit.isOpen, waitMs: circuit.waitMs() })
  return { clock, begin, end, fail, state }
}

const closed = { isOpen: false, waitMs: 0 }

test('opens after ten faults in a row, for a tenth of a second', async () => {
  const { clock, fail, state } = open()
  await fail(9)
  expect(state()).toEqual(closed)
  await fail(1)
  expect(state()).toEqual({ isOpen: true, waitMs: 100 })
  clock.advance(60)
  expect(state()).toEqual({ isOpen: true, waitMs: 40 })
  clock.advance(40)
  expect(state()).toEqual({ isOpen: true, waitMs: 0 })
})

test('an answer between faults keeps it closed', async () => {
  const { begin, end, fail, state } = open()
  for (let round = 0; round < 3; round += 1) {
    await fail(9)
    await end(begin(), 'answered')
  }
  expect(state()).toEqual(closed)
})

test('calls go alone while it is open, each after a longer pause, up to half a second', async () => {
  const { clock, begin, end, fail, state } = open()
  await fail(10)
  const pauses: number[] = []
  for (let probe = 0; probe < 5; probe += 1) {
    const { waitMs } = state()
    pauses.push(waitMs)
    clock.advance(waitMs)
    const call = begin()
    expect(state()).toEqual({ isOpen: true, waitMs: Number.POSITIVE_INFINITY })
    await end(call, 'failed')
  }
  expect(pauses).toEqual([100, 200, 400, 500, 500])
})

test('the first answer closes it; the next time its pauses are short again', async () => {
  const { clock, begin, end, fail, state } = open()
  await fail(10)
  clock.advance(100)
  await fail(1)
  clock.advance(200)
  await end(begin(), 'answered')
  expect(state()).toEqual(closed)
  await fail(9)
  expect(state()).toEqual(closed)
  await fail(1)
  expect(state()).toEqual({ isOpen: true, waitMs: 100 })
})

test('calls that were under way when it opened decide nothing', async () => {
  const { clock, begin, end, fail, state } = open()
  const [first, second, third] = [begin(), begin(), begin()]
  await fail(10)
  clock.advance(30)
  await end(first, 'failed')
  expect(state()).toEqual({ isOpen: true, waitMs: 70 })
  clock.advance(70)
  const probe = begin()
  await end(second, 'failed')
  await end(third, 'answered')
  expect(state()).toEqual({ isOpen: true, waitMs: Number.POSITIVE_INFINITY })
  await end(probe, 'answered')
  expect(state()).toEqual(closed)
})

test('a wall clock that steps back lets no more calls through', async () => {
  const { clock, begin, fail, state } = open()
  await fail(10)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 60_000 })
  try {
    clock.advance(100)
    begin()
    expect(state()).toEqual({ isOpen: true, waitMs: Number.POSITIVE_INFINITY })
  } finally {
    vi.useRealTimers()
  }
})
