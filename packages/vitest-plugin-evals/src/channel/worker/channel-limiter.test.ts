import { MessageChannel, threadId } from 'node:worker_threads'
import { systemClock } from '@evals/core'
import { AdaptiveLimiter } from '@evals/core/limiter'
import { limiterContract } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { ChannelServer } from '../main/channel-server.ts'
import { limiterService } from '../main/limiter-service.ts'
import { ChannelLimiter } from './channel-limiter.ts'
import { ChannelClient } from './channel-client.ts'

const contract = limiterContract(async (connections) => {
  const limiter = new AdaptiveLimiter({ clock: systemClock, maxConnections: connections })
  const server = new ChannelServer([limiterService(() => limiter)])
  const { port1, port2 } = new MessageChannel()
  server.connect(threadId, port1)
  const main = new ChannelClient(port2, () => {})
  return {
    limiter: new ChannelLimiter(main),
    close() {
      main.close()
      server.close()
    },
  }
})

test.for(contract)('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})
