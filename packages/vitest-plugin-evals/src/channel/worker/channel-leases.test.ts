import { MessageChannel, threadId } from 'node:worker_threads'
import { InProcessLeases } from '@evals/core'
import { leasesContract } from '@evals/core/testing'
import { afterAll, expect, test } from 'vitest'
import { ChannelServer } from '../main/channel-server.ts'
import { leasesService } from '../main/leases-service.ts'
import { ChannelClient } from './channel-client.ts'
import { ChannelLeases } from './channel-leases.ts'

const server = new ChannelServer([leasesService(new InProcessLeases())])
const { port1, port2 } = new MessageChannel()
server.connect(threadId, port1)
const main = new ChannelClient(port2, () => {})

afterAll(() => {
  main.close()
  server.close()
})

/** Until a message has gone there and another has come back. */
const settle = async (): Promise<void> => {
  const release = await new ChannelLeases(main).acquire('settle', { signal: new AbortController().signal })
  release()
}

test.for(leasesContract(async () => new ChannelLeases(main), settle))('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})
