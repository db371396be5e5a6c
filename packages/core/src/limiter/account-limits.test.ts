import { expect, test } from 'vitest'
import type { AccountLimits } from './account-limits.ts'
import { AdaptiveLimiter } from './adaptive-limiter.ts'
import type { Limiter, Slot } from './limiter.ts'
import { logNormal, seededRandom, simulate, SimulatedTime, type SimulatedRun } from './simulation.test-support.ts'

/** Gives all calls the same limits, as a model does. */
function withLimits(inner: Limiter, limits: AccountLimits): Limiter {
  return { acquire: (key, request) => inner.acquire(key, { ...request, limits }) }
}

async function run(limits: AccountLimits, calls: number): Promise<SimulatedRun> {
  const time = new SimulatedTime()
  const latency = logNormal(100, seededRandom(1))
  const limiter = withLimits(new AdaptiveLimiter({ clock: time }), limits)
  return simulate(limiter, { time, calls, server: { receive: () => ({ refused: false, after: latency() }) } })
}

test('requests per minute are spread evenly over time, and used', async () => {
  const { ms } = await run({ requestsPerMinute: 600 }, 200)
  // The last one starts after 199 tenths of a second.
  expect(ms).toBeGreaterThan(19_800)
  expect(ms).toBeLessThan(20_500)
})

test('tokens per minute are kept by what calls used', async () => {
  // Ten tokens a call.
  const { ms } = await run({ tokensPerMinute: 6000 }, 200)
  expect(ms).toBeGreaterThan(19_000)
  expect(ms).toBeLessThan(21_000)
})

test('no more calls are in flight than the account takes', async () => {
  const { most } = await run({ maxConnections: 3 }, 200)
  expect(most).toBe(3)
})

test('the limits that were given last hold, also for calls that give none', async () => {
  const limiter = new AdaptiveLimiter({ clock: new SimulatedTime() })
  const acquire = (limits?: AccountLimits): Promise<Slot> =>
    limiter.acquire('key', { estimate: { inputTokens: 1 }, ...(limits === undefined ? {} : { limits }) })
  await acquire({ maxConnections: 2 })
  void acquire()
  expect(limiter.state).toMatchObject([{ connections: 2 }])
  void acquire({ maxConnections: 3 })
  expect(limiter.state).toMatchObject([{ connections: 3 }])
})

test.for<[AccountLimits, string]>([
  [{ requestsPerMinute: 0 }, "A model's `limits.requestsPerMinute` must be a number above 0, not 0."],
  [{ tokensPerMinute: Number.NaN }, "A model's `limits.tokensPerMinute` must be a number above 0, not NaN."],
  [{ maxConnections: 1.5 }, "A model's `limits.maxConnections` must be a whole number from 1, not 1.5."],
  [{ maxConnections: 0 }, "A model's `limits.maxConnections` must be a whole number from 1, not 0."],
])('%j is no limit', async ([limits, message]) => {
  const limiter = new AdaptiveLimiter({ clock: new SimulatedTime() })
  await expect(limiter.acquire('key', { estimate: { inputTokens: 1 }, limits })).rejects.toMatchObject({
    code: 'EVALS_OPTION_INVALID',
    message,
  })
})

test('a limit of another name is refused: it would hold back nothing', async () => {
  const limiter = new AdaptiveLimiter({ clock: new SimulatedTime() })
  const limits = { connections: 1 } as AccountLimits
  await expect(limiter.acquire('key', { estimate: { inputTokens: 1 }, limits })).rejects.toMatchObject({
    code: 'EVALS_OPTION_UNKNOWN',
    message: expect.stringContaining('A model\'s `limits` have no "connections".'),
  })
})
