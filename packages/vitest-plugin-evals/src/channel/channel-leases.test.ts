import { BroadcastChannel } from 'node:worker_threads'
import { InProcessLeases } from '@evals/core'
import { leasesContract } from '@evals/core/testing'
import { afterAll, expect, test } from 'vitest'
import { ChannelLeases } from './channel-leases.ts'
import { leasesHandlers } from './leases-host.ts'
import { MainProcess } from './main-process.ts'
import { WorkerRequests } from './worker-requests.ts'

const name = `leases-test-${process.pid}`
const channel = new BroadcastChannel(name)
const requests = new WorkerRequests(channel, leasesHandlers(new InProcessLeases()))
const main = new MainProcess(name, () => {})

afterAll(() => {
  main.close()
  requests.close()
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
