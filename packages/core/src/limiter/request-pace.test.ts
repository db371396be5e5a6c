import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RequestPace } from './request-pace.ts'

test('without a refusal there is no pace', () => {
  const pace = new RequestPace()
  for (let start = 0; start < 1000; start += 1) pace.started(start)
  expect(pace.waitMs(1000)).toBe(0)
})

/** 60 accepted starts within 60 ms, the last of them refused. */
function refusedOnce(retryAfterMs: number): RequestPace {
  const pace = new RequestPace()
  for (let now = 0; now <= 60; now += 1) pace.started(now)
  pace.refused({ now: 60, retryAfterMs })
  return pace
}

test('nothing starts while the server asks to wait', () => {
  const pace = refusedOnce(2000)
  expect([60, 1000, 2059, 2060].map((now) => pace.waitMs(now))).toEqual([2000, 1060, 1, 0])
})

/** How many start at once. */
function burst(pace: RequestPace, now: number): number {
  let starts = 0
  for (; pace.waitMs(now) === 0; starts += 1) pace.started(now)
  return starts
}

test('after it, part of what must have gathered starts at once, the rest at a pace', () => {
  const pace = refusedOnce(2000)
  // 60 in 2060 ms are the pace, 0.8 × 2000 ms of it the credit, and one call more its own start.
  expect(burst(pace, 2060)).toBe(Math.floor(0.8 * 2000 * (60 / 2060)) + 1)
  expect(pace.waitMs(2060)).toBeCloseTo(2060 / 60)
})

test('several refusals of one moment are one; the longest wait counts', () => {
  const [once, often, longer] = [refusedOnce(2000), refusedOnce(2000), refusedOnce(2000)]
  for (let refusal = 0; refusal < 5; refusal += 1) often.refused({ now: 60, retryAfterMs: 2000 })
  expect(often.waitMs(60)).toBe(2000)
  expect(burst(often, 2060)).toBe(burst(once, 2060))
  expect(often.waitMs(2060)).toBe(once.waitMs(2060))
  longer.refused({ now: 61, retryAfterMs: 9000 })
  expect(longer.waitMs(61)).toBe(9000)
})

test('a server that asks again to wait is obeyed, whatever may have gathered', () => {
  const pace = refusedOnce(2000)
  pace.started(2060)
  pace.refused({ now: 2070, retryAfterMs: 3000 })
  expect(pace.waitMs(2070)).toBe(3000)
})

test('whatever happens, nothing starts within the wait a server named', () => {
  const event = fc.record({
    afterMs: fc.nat({ max: 500 }),
    starts: fc.nat({ max: 20 }),
    retryAfterMs: fc.nat({ max: 3000 }),
  })
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 30 }), (events) => {
      const pace = new RequestPace()
      let now = 0
      for (const { afterMs, starts, retryAfterMs } of events) {
        now += afterMs
        for (let start = 0; start < starts && pace.waitMs(now) === 0; start += 1) pace.started(now)
        pace.refused({ now, retryAfterMs })
        expect(pace.waitMs(now)).toBeGreaterThanOrEqual(retryAfterMs)
        expect(pace.waitMs(now)).toBeLessThan(Number.POSITIVE_INFINITY)
      }
    }),
  )
})

test('against a server that only says when to come again: most of its rate, few refusals', () => {
  const pace = new RequestPace()
  const perMs = 0.1
  let [level, accepted, refused] = [60, 0, 0]
  for (let now = 0; now < 60_000; now += 1) {
    level = Math.min(60, level + perMs)
    while (pace.waitMs(now) === 0) {
      pace.started(now)
      if (level >= 1) {
        level -= 1
        accepted += 1
      } else {
        refused += 1
        pace.refused({ now, retryAfterMs: 1000 })
      }
    }
  }
  expect(accepted).toBeGreaterThan(0.9 * 6060)
  expect(refused).toBeLessThanOrEqual(10)
})
