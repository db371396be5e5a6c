import { describe, expect, test } from 'vitest'
import { AdaptiveLimiter } from './adaptive-limiter.ts'
import type { LimiterChange } from './limiter-change.ts'
import type { Limiter } from './limiter.ts'
import {
  cappedServer,
  logNormal,
  ratedServer,
  saturatingServer,
  seededRandom,
  sharingServer,
  simulate,
  SimulatedTime,
  slowingServer,
  type SimulatedRun,
  type SimulatedServer,
} from './simulation.test-support.ts'

const seeds = [1, 2, 3, 4, 5]
const meanFactor = Math.exp(0.3 ** 2 / 2)

async function run(
  seed: number,
  calls: number,
  make: (random: () => number, time: SimulatedTime) => { server: SimulatedServer; tokensOf?: () => number },
): Promise<SimulatedRun & { changes: LimiterChange[] }> {
  const time = new SimulatedTime()
  const random = seededRandom(seed)
  const changes: LimiterChange[] = []
  const limiter = new AdaptiveLimiter({ clock: time, onChange: (change) => void changes.push(change) })
  return { ...(await simulate(limiter, { time, calls, random, ...make(random, time) })), changes }
}

test("a limit that the user sets does not make the server's grow", async () => {
  const time = new SimulatedTime()
  const changes: LimiterChange[] = []
  const limiter = new AdaptiveLimiter({ clock: time, onChange: (change) => void changes.push(change) })
  const limited: Limiter = {
    acquire: (key, request) => limiter.acquire(key, { ...request, limits: { maxConnections: 4 } }),
  }
  const server: SimulatedServer = { receive: () => ({ refused: false, after: 100 }) }
  const { most } = await simulate(limited, { time, calls: 200, server })
  expect({ most, changes }).toEqual({ most: 4, changes: [] })
})

/** The scenarios of `docs/models.md`, in virtual time; the real ones over HTTP are in `benchmarks/`. */
describe('against a simulated server', () => {
  test.for(seeds)('without limits it is three times as fast as 100 connections (seed %d)', async (seed) => {
    const { ms, refusals, most } = await run(seed, 2000, (random) => ({
      server: { receive: () => ({ refused: false, after: logNormal(100, random)() }) },
    }))
    expect(ms).toBeLessThan((2000 * 100 * meanFactor) / 100 / 3)
    expect({ refusals, most }).toEqual({ refusals: 0, most: 1000 })
  })

  test('without limits, and all answers as long: calls that end together do not keep it from growing', async () => {
    const { ms, most } = await run(1, 2000, () => ({ server: { receive: () => ({ refused: false, after: 1000 }) } }))
    expect(ms).toBeLessThan(5500)
    expect(most).toBe(1000)
  })

  test.for(seeds)('that takes 40 at once: all of them used, hardly refused (seed %d)', async (seed) => {
    const { ms, refusals } = await run(seed, 2000, (random) => ({ server: cappedServer(40, logNormal(100, random)) }))
    expect(ms).toBeLessThan(1.08 * ((2000 * 100 * meanFactor) / 40))
    expect(refusals).toBeLessThanOrEqual(20)
  })

  test.for(seeds)('that takes 6 at once (seed %d)', async (seed) => {
    const { ms, refusals } = await run(seed, 500, (random) => ({ server: cappedServer(6, logNormal(100, random)) }))
    expect(ms).toBeLessThan(1.08 * ((500 * 100 * meanFactor) / 6))
    expect(refusals).toBeLessThanOrEqual(20)
  })

  test.for(seeds)('that tells its requests per minute: paced before it refuses (seed %d)', async (seed) => {
    const { ms, refusals } = await run(seed, 2000, (random) => ({
      server: ratedServer({ perMs: 0.1, burst: 60, latency: logNormal(100, random), headers: 'full', of: 'requests' }),
    }))
    expect(ms).toBeLessThan(1.03 * ((2000 - 60) / 0.1))
    expect(refusals).toBeLessThanOrEqual(5)
  })

  test.for(seeds)('that refuses by rate and says no more than Retry-After (seed %d)', async (seed) => {
    const { ms, refusals } = await run(seed, 2000, (random) => ({
      server: ratedServer({
        perMs: 0.1,
        burst: 60,
        latency: logNormal(100, random),
        headers: 'retry-after',
        of: 'requests',
      }),
    }))
    expect(ms).toBeLessThan(1.2 * ((2000 - 60) / 0.1))
    expect(refusals).toBeLessThanOrEqual(60)
  })

  test.for(seeds)(
    'that has no burst, so that two calls close together look like too many at once (seed %d)',
    async (seed) => {
      const { ms, refusals } = await run(seed, 300, (random) => ({
        server: ratedServer({
          perMs: 0.01,
          burst: 1,
          latency: logNormal(1000, random),
          headers: 'retry-after',
          of: 'requests',
        }),
      }))
      expect(ms).toBeLessThan((4 * 299) / 0.01)
      expect(refusals).toBeLessThanOrEqual(20)
    },
  )

  test.for(seeds)('that gives little at once and tells so: as fast as it gives (seed %d)', async (seed) => {
    const { ms, refusals } = await run(seed, 2000, (random) => ({
      server: ratedServer({ perMs: 0.1, burst: 10, latency: logNormal(1000, random), headers: 'full', of: 'requests' }),
    }))
    // A tenth of it until as many calls are in flight as the rate needs.
    expect(ms).toBeLessThan(1.4 * ((2000 - 10) / 0.1))
    expect(refusals).toBeLessThanOrEqual(30)
  })

  test.for(seeds)('that takes 40 at once and asks to wait a second: it is asked once (seed %d)', async (seed) => {
    const { ms, refusals } = await run(seed, 2000, (random) => {
      const { receive } = cappedServer(40, logNormal(100, random))
      const slowly: SimulatedServer = {
        receive(call) {
          const answer = receive(call)
          return answer.refused ? { ...answer, limits: { retryAfterMs: 1000 } } : answer
        },
      }
      return { server: slowly }
    })
    expect(ms).toBeLessThan(1000 + 1.08 * ((2000 * 100 * meanFactor) / 40))
    expect(refusals).toBeLessThanOrEqual(3)
  })

  test.for(seeds)('that limits tokens, with prompts of very different length (seed %d)', async (seed) => {
    let total = 0
    const { ms, refusals } = await run(seed, 1000, (random) => ({
      server: ratedServer({ perMs: 10, burst: 6000, latency: logNormal(100, random), headers: 'full', of: 'tokens' }),
      tokensOf: () => {
        const tokens = Math.round(logNormal(100, random, 1)())
        total += tokens
        return tokens
      },
    }))
    expect(ms).toBeLessThan(1.05 * ((total - 6000) / 10))
    expect(refusals).toBeLessThanOrEqual(10)
  })

  describe.for([
    ['lets calls wait', saturatingServer],
    ['shares its processors among all calls', sharingServer],
    ['takes longer the more calls there are', slowingServer],
  ] as const)('that is busy with 16 and %s', ([, serve]) => {
    test.for(seeds)('settles near there (seed %d)', async (seed) => {
      const { ms, refusals, settled } = await run(seed, 1000, (random, time) => ({
        server: serve(16, logNormal(100, random), time),
      }))
      expect(ms).toBeLessThan(1.1 * ((1000 * 100 * meanFactor) / 16))
      expect(refusals).toBe(0)
      expect(settled).toBeGreaterThan(14)
      expect(settled).toBeLessThan(26)
    })
  })

  test.for(seeds)('of which answers take longer from some time on: is no slower for that (seed %d)', async (seed) => {
    const { ms, most } = await run(seed, 10_000, (random) => {
      let calls = 0
      return { server: { receive: () => ({ refused: false, after: logNormal(calls++ < 5000 ? 100 : 300, random)() }) } }
    })
    // The least that a thousand at a time could need, and as long again to find that out.
    expect(ms).toBeLessThan(2 * ((5000 * 100 + 5000 * 300) * (meanFactor / 1000)))
    expect(most).toBe(1000)
  })

  test('whose answers take a minute is not waited for with the few calls of the start', async () => {
    const { ms } = await run(1, 100, () => ({ server: { receive: () => ({ refused: false, after: 60_000 }) } }))
    expect(ms).toBeLessThan(70_000)
  })

  test('tells of each change, and why', async () => {
    const { changes } = await run(1, 500, (random) => ({ server: cappedServer(40, logNormal(100, random)) }))
    const [first, ...later] = changes.filter(({ reason }) => reason !== 'growth')
    expect(first).toMatchObject({ key: 'key', reason: 'refused', connections: 40 })
    expect(later.map(({ reason }) => reason)).toContain('probe')
    expect(Date.parse(changes[0]!.at)).toBeGreaterThanOrEqual(0)
  })
})
