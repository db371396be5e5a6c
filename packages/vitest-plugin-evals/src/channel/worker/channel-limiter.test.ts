import { BroadcastChannel } from 'node:worker_threads'
import { systemClock } from '@evals/core'
import { AdaptiveLimiter } from '@evals/core/limiter'
import { limiterContract } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { ChannelServer } from '../main/channel-server.ts'
import { limiterService } from '../main/limiter-service.ts'
import { ChannelLimiter } from './channel-limiter.ts'
import { ChannelClient } from './channel-client.ts'

let channels = 0

const contract = limiterContract(async (connections) => {
  const name = `limiter-test-${process.pid}-${++channels}`
  const limiter = new AdaptiveLimiter({ clock: systemClock, maxConnections: connections })
  const channel = new BroadcastChannel(name)
  const server = new ChannelServer(channel, [limiterService(() => limiter)])
  const main = new ChannelClient(name, () => {})
  return {
    limiter: new ChannelLimiter(main),
    close() {
      main.close()
      server.close()
      channel.close()
    },
  }
})

test.for(contract)('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})
