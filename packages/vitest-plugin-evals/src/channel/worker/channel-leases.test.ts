import { BroadcastChannel } from 'node:worker_threads'
import { InProcessLeases } from '@evals/core'
import { leasesContract } from '@evals/core/testing'
import { afterAll, expect, test } from 'vitest'
import { ChannelServer } from '../main/channel-server.ts'
import { leasesService } from '../main/leases-service.ts'
import { ChannelClient } from './channel-client.ts'
import { ChannelLeases } from './channel-leases.ts'

const name = `leases-test-${process.pid}`
const channel = new BroadcastChannel(name)
const server = new ChannelServer(channel, [leasesService(new InProcessLeases())])
const main = new ChannelClient(name, () => {})

afterAll(() => {
  main.close()
  server.close()
  channel.close()
})

/** Until a message has gone there and another has come back. */
const settle = async (): Promise<void> => {
  const release = await new ChannelLeases(main).acquire('settle', { signal: new AbortController().signal })
  release()
}

test.for(leasesContract(async () => new ChannelLeases(main), settle))('$name', async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})
