import { BroadcastChannel } from 'node:worker_threads'
import { systemClock } from '@evals/core'
import { AdaptiveLimiter } from '@evals/core/limiter'
import { limiterContract } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { ChannelLimiter } from './channel-limiter.ts'
import { limiterHandlers } from './limiter-host.ts'
import { MainProcess } from './main-process.ts'
import { WorkerRequests } from './worker-requests.ts'

let channels = 0

const contract = limiterContract(async (connections) => {
  const name = `limiter-test-${process.pid}-${++channels}`
  const limiter = new AdaptiveLimiter({ clock: systemClock, maxConnections: connections })
  const channel = new BroadcastChannel(name)
  const requests = new WorkerRequests(
    channel,
    limiterHandlers(() => limiter),
  )
  const main = new MainProcess(name, () => {})
  return {
    limiter: new ChannelLimiter(main),
    close() {
      main.close()
      requests.close()
      channel.close()
    },
  }
})

test.for(contract)('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})
