import { MessageChannel, threadId } from 'node:worker_threads'
import { InProcessLeases, systemClock, type CallEstimate } from '@evals/core'
import { AdaptiveLimiter } from '@evals/core/limiter'
import { afterEach, expect, test } from 'vitest'
import { ChannelClient } from '../worker/channel-client.ts'
import { ChannelLeases } from '../worker/channel-leases.ts'
import { ChannelLimiter } from '../worker/channel-limiter.ts'
import { ChannelServer } from './channel-server.ts'
import { leasesService } from './leases-service.ts'
import { limiterService } from './limiter-service.ts'

const estimate: CallEstimate = { inputTokens: 0, maxOutputTokens: 0 }
const never = (): AbortSignal => new AbortController().signal
const limiter = new AdaptiveLimiter({ clock: systemClock, maxConnections: 1 })
const leases = new InProcessLeases()
const server = new ChannelServer([limiterService(() => limiter), leasesService(leases)])
const { port1, port2 } = new MessageChannel()
server.connect(threadId, port1)
const client = new ChannelClient(port2, () => {})

afterEach(() => {
  client.close()
  server.close()
})

test('what a worker held and waited for is free again when it is gone', async () => {
  await new ChannelLimiter(client).acquire('m', { estimate })
  await new ChannelLeases(client).acquire('k', { signal: never() })
  // Its answer never comes: whoever asked is gone.
  void new ChannelLimiter(client).acquire('m', { estimate }).catch(() => {})
  const other = limiter.acquire('m', { estimate })
  const key = leases.acquire('k', { signal: never() })
  await new ChannelLeases(client).acquire('settle', { signal: never() })
  expect(limiter.state).toMatchObject([{ inFlight: 1, waiting: 2 }])

  server.workerGone(threadId)
  const slot = await other
  slot.release({ result: 'answered', durationMs: 1 })
  const release = await key
  release()
  // The worker's own call, which waited, has not got it.
  await limiter.acquire('m', { estimate })
  expect(limiter.state).toMatchObject([{ inFlight: 1, waiting: 0 }])
})
