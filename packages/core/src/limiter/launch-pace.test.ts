import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LaunchPace } from './launch-pace.ts'

/** Starts whatever may start between two times, looking each ms; how many that were. */
function launch(pace: LaunchPace, { from, until, limit }: { from: number; until: number; limit: number }): number {
  let starts = 0
  for (let now = from; now < until; now += 1) {
    while (pace.waitMs(now, limit) === 0) {
      pace.started(now)
      starts += 1
    }
  }
  return starts
}

test('the first call starts at once, the next one two ms later', () => {
  const pace = new LaunchPace()
  expect(pace.waitMs(1000, 64)).toBe(0)
  pace.started(1000)
  expect(pace.waitMs(1000, 64)).toBe(2)
  expect(pace.waitMs(1001, 64)).toBeGreaterThan(0)
  expect(pace.waitMs(1002, 64)).toBe(0)
})

test('until something is answered, twice as many start every 25 ms', () => {
  const pace = new LaunchPace()
  const starts = [0, 25, 50, 75].map((from) => launch(pace, { from, until: from + 25, limit: 1000 }))
  // 18 × (2^(t/25) − 1) calls have started after t ms.
  expect(starts.map((count, index) => Math.abs(count - 18 * 2 ** index) <= 3)).toEqual([true, true, true, true])
})

test('with answers, all that may be in flight start within a quarter of an answer’s time', () => {
  const pace = new LaunchPace()
  pace.waitMs(0, 40)
  pace.answered(100)
  // 40 in 25 ms are 1.6 a ms.
  const starts = launch(pace, { from: 0, until: 1000, limit: 40 })
  expect(Math.abs(starts - 1600)).toBeLessThanOrEqual(3)
})

test('it follows the answers’ time slowly', () => {
  const pace = new LaunchPace()
  for (const latencyMs of [100, 200]) pace.answered(latencyMs)
  const starts = launch(pace, { from: 0, until: 1100, limit: 275 })
  expect(Math.abs(starts - 1100 * ((4 * 275) / 110))).toBeLessThanOrEqual(20)
})

test('a late timer is made up for, a long pause is not', () => {
  const pace = new LaunchPace()
  pace.waitMs(0, 40)
  pace.answered(100)
  launch(pace, { from: 0, until: 10, limit: 40 })
  expect(launch(pace, { from: 5000, until: 5001, limit: 40 })).toBe(3)
})

test('it never stops, and never bursts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0.1, max: 60_000, noNaN: true }),
      (limit, latencyMs) => {
        const pace = new LaunchPace()
        pace.waitMs(0, limit)
        pace.answered(latencyMs)
        const rate = Math.max(0.02, (4 * limit) / Math.max(1, latencyMs))
        const starts = launch(pace, { from: 0, until: 50, limit })
        expect(starts).toBeLessThanOrEqual(Math.max(1, 2 * rate) + 50 * rate)
        // Who only looks each ms misses some.
        expect(starts).toBeGreaterThanOrEqual(Math.floor(0.6 * 50 * rate))
      },
    ),
    { numRuns: 30 },
  )
})

test('a start apart from others waits for half the time between even ones', () => {
  const pace = new LaunchPace()
  pace.waitMs(0, 4)
  pace.answered(100)
  pace.started(50)
  expect([50, 60, 62.5, 200].map((now) => pace.apartMs(now, 4))).toEqual([12.5, 2.5, 0, 0])
})
