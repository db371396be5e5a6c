import { describe, expect, test } from 'vitest'
import { LearnedBucket, type CountedStart } from './learned-bucket.ts'
import type { RateState } from './rate-headers.ts'

/** A bucket of 100 of which everything was there at time 0; 5 of it stay in reserve. */
function full(parts: Partial<RateState> = {}): LearnedBucket {
  const bucket = new LearnedBucket()
  bucket.answered({ remaining: 100, ...parts }, bucket.started(1, 0), 0)
  return bucket
}

/** The most that may start now. */
function left(bucket: LearnedBucket, now = 0): number {
  for (let amount = 95; amount > 0; amount -= 1) if (bucket.waitMs(amount, now) === 0) return amount
  return 0
}

test('until a server tells its limit, there is none', () => {
  const bucket = new LearnedBucket()
  bucket.answered({ limit: 5, resetMs: 1000 }, bucket.started(1000, 0), 0)
  expect(bucket.waitMs(1e9, 0)).toBe(0)
})

test('of a hundred thousand starts that no answer told of, the last ones still count', () => {
  const bucket = new LearnedBucket()
  const starts = Array.from({ length: 100_000 }, () => bucket.started(1, 0))
  bucket.answered({ remaining: 100 }, starts.at(-11)!, 0)
  expect(left(bucket)).toBe(85)
})

test('what is started is taken off at once, before its answer', () => {
  const bucket = full()
  expect(left(bucket)).toBe(95)
  bucket.started(30, 0)
  bucket.started(20, 0)
  expect(left(bucket)).toBe(45)
})

test('what is more than there ever is may start when all is there', () => {
  const bucket = full()
  expect(bucket.waitMs(500, 0)).toBe(0)
  bucket.started(1, 0)
  expect(bucket.waitMs(500, 0)).toBeGreaterThan(0)
})

test('a start that was refused counts for nothing, others for what they did use', () => {
  const bucket = full()
  const refused = bucket.started(30, 0)
  const short = bucket.started(30, 0)
  const long = bucket.started(10, 0)
  expect(left(bucket)).toBe(25)
  bucket.settled(refused, 0)
  expect(left(bucket)).toBe(55)
  bucket.settled(short, 5)
  expect(left(bucket)).toBe(80)
  bucket.settled(long, 40)
  expect(left(bucket)).toBe(50)
})

test('an answer tells of the starts before it, not of those after', () => {
  const bucket = full()
  const first = bucket.started(10, 0)
  bucket.started(20, 0)
  bucket.answered({ remaining: 60 }, first, 50)
  expect(left(bucket, 50)).toBe(35)
})

test('answers that were overtaken are no news', () => {
  const bucket = full()
  const [first, second] = [bucket.started(10, 0), bucket.started(10, 0)]
  bucket.answered({ remaining: 40 }, second, 50)
  bucket.answered({ remaining: 90 }, first, 60)
  expect(left(bucket, 60)).toBe(35)
})

test('an empty bucket is asked again when it is said to be full, or else after a second', () => {
  const silent = full()
  silent.answered({ remaining: 0 }, silent.started(95, 0), 10)
  expect(silent.waitMs(1, 10)).toBe(1000)
  const telling = full()
  telling.answered({ remaining: 0, resetMs: 400 }, telling.started(95, 0), 10)
  expect([telling.waitMs(1, 10), telling.waitMs(1, 409), telling.waitMs(1, 410)]).toEqual([400, 1, 0])
})

test('what comes back is seen, and counted on from the start of the call that told of it', () => {
  const bucket = full()
  bucket.answered({ remaining: 0 }, bucket.started(100, 0), 0)
  // 20 in 200 ms, and 10 more until the answer is here.
  bucket.answered({ remaining: 20 }, bucket.started(0, 200), 300)
  expect(left(bucket, 300)).toBe(25)
  expect(bucket.waitMs(35, 300)).toBeCloseTo(100)
  expect(bucket.waitMs(35, 401)).toBe(0)
  // Never more than it holds.
  expect(left(bucket, 1_000_000)).toBe(95)
})

/** How one server counts. */
interface CountingServer {
  /** What is left after a call, or `undefined` if it is refused. */
  take(amount: number, now: number): { readonly accepted: boolean; readonly state: RateState }
}

function tokenBucket(capacity: number, perMs: number): CountingServer {
  let level = capacity
  let at = 0
  return {
    take(amount, now) {
      level = Math.min(capacity, level + (now - at) * perMs)
      at = now
      const accepted = level >= amount
      if (accepted) level -= amount
      return { accepted, state: { limit: capacity, remaining: Math.floor(level), resetMs: (capacity - level) / perMs } }
    },
  }
}

function fixedWindow(capacity: number, windowMs: number): CountingServer {
  let used = 0
  let window = 0
  return {
    take(amount, now) {
      const current = Math.floor(now / windowMs)
      if (current > window) used = 0
      window = current
      const accepted = used + amount <= capacity
      if (accepted) used += amount
      return { accepted, state: { limit: capacity, remaining: capacity - used, resetMs: windowMs - (now % windowMs) } }
    },
  }
}

/** Starts what the bucket allows for `ms`; answers take 50 to 150 ms and so overtake each other. */
function drive(server: CountingServer, { ms, amounts }: { ms: number; amounts: readonly number[] }) {
  const bucket = new LearnedBucket()
  const answers = new Map<number, (() => void)[]>()
  let [inFlight, accepted, refused, turn] = [0, 0, 0, 0]
  for (let now = 0; now < ms; now += 1) {
    for (const answer of answers.get(now) ?? []) answer()
    answers.delete(now)
    for (let amount = amounts[turn % amounts.length]!; inFlight < 40 && bucket.waitMs(amount, now) === 0;) {
      const start: CountedStart = bucket.started(amount, now)
      const taken = server.take(amount, now)
      if (taken.accepted) accepted += amount
      else refused += 1
      inFlight += 1
      const at = now + 50 + ((turn * 37) % 101)
      answers.set(at, [
        ...(answers.get(at) ?? []),
        () => {
          inFlight -= 1
          if (!taken.accepted) bucket.settled(start, 0)
          bucket.answered(taken.state, start, at)
        },
      ])
      turn += 1
      amount = amounts[turn % amounts.length]!
    }
  }
  return { accepted, refused }
}

describe('a server that counts', () => {
  test('by a token bucket: nearly all it gives is used, nearly nothing refused', () => {
    const { accepted, refused } = drive(tokenBucket(60, 0.1), { ms: 60_000, amounts: [1] })
    expect(accepted).toBeGreaterThan(0.97 * 6060)
    expect(refused).toBeLessThanOrEqual(3)
  })

  test('tokens of very different amounts by a token bucket', () => {
    const { accepted, refused } = drive(tokenBucket(60_000, 10), { ms: 60_000, amounts: [10, 300, 50, 1500, 20, 700] })
    expect(accepted).toBeGreaterThan(0.95 * 660_000)
    expect(refused).toBeLessThanOrEqual(3)
  })

  test.for<[capacity: number, windowMs: number]>([
    [100, 1000],
    [600, 10_000],
  ])('by windows: %d in each %d ms', ([capacity, windowMs]) => {
    const { accepted, refused } = drive(fixedWindow(capacity, windowMs), { ms: 60_000, amounts: [1] })
    expect(accepted).toBeGreaterThan(0.94 * capacity * (60_000 / windowMs))
    expect(refused).toBeLessThanOrEqual(3)
  })
})
