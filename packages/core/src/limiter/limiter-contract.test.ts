import { expect, test } from 'vitest'
import { systemClock } from '../clock.ts'
import { limiterContract } from '../testing/limiter-contract.ts'
import { AdaptiveLimiter } from './adaptive-limiter.ts'

const contract = limiterContract(async (connections) => {
  const limiter = new AdaptiveLimiter({ clock: systemClock, maxConnections: connections })
  return { limiter, close: () => {} }
})

test.for(contract)('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})
