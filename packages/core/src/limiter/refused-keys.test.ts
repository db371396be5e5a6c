import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ManualClock } from '../testing/manual-clock.ts'
import { limiterContract } from '../testing/limiter-contract.ts'
import { systemClock } from '../clock.ts'
import { AdaptiveLimiter } from './adaptive-limiter.ts'
import { RefusedKeys } from './refused-keys.ts'

const request = { estimate: { inputTokens: 1 } }
const refused = { code: 'EVALS_MODEL_KEY_REFUSED' }

test.for(
  limiterContract(async (maxConnections) => ({
    limiter: new RefusedKeys(new AdaptiveLimiter({ clock: systemClock, maxConnections })),
    close: () => {},
  })),
)('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})

test('once a server has refused the key, what waits and what comes is not sent; other keys and other runs go on', async () => {
  const clock = new ManualClock()
  const all = new AdaptiveLimiter({ clock, maxConnections: 1 })
  const run = new RefusedKeys(all)
  const first = await run.acquire('key', request)
  const waiting = [run.acquire('key', request), run.acquire('key', request)]
  first.release({ result: 'denied', durationMs: 1 })
  for (const call of waiting) await expect(call).rejects.toMatchObject(refused)
  await expect(run.acquire('key', request)).rejects.toMatchObject(refused)
  expect(all.state).toMatchObject([{ inFlight: 0, waiting: 0 }])
  await setImmediate()
  for (const limiter of [all, new RefusedKeys(all)]) {
    clock.advance(1000)
    const slot = await limiter.acquire('key', request)
    slot.release({ result: 'answered', durationMs: 1 })
    await setImmediate()
  }
  await expect(run.acquire('other', request)).resolves.toBeDefined()
})
