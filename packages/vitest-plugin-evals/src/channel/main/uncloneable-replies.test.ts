import { MessageChannel } from 'node:worker_threads'
import { EvalsError } from '@evals/core'
import { expect, test } from 'vitest'
import { ChannelClient } from '../worker/channel-client.ts'
import { ChannelServer } from './channel-server.ts'

test('a reply that cannot be cloned keeps no other from anybody', async () => {
  const details = { child: { kill() {} } }
  const server = new ChannelServer([
    {
      handlers: {
        fail: () => {
          throw new EvalsError('EVALS_PROVIDER_FAILED', 'it did not start', { details })
        },
        give: () => details,
        greet: () => 'hello',
      },
    },
  ])
  const clients = [1, 2].map((worker) => {
    const { port1, port2 } = new MessageChannel()
    server.connect(worker, port1)
    return new ChannelClient(port2, () => {})
  })
  const asked = clients.flatMap((client) => ['fail', 'give', 'greet'].map((method) => client.ask(method, {})))
  const answers = await Promise.allSettled(asked)
  const each = [
    { reason: { code: 'EVALS_PROVIDER_FAILED', message: 'it did not start' } },
    { reason: { name: 'DataCloneError' } },
    { value: 'hello' },
  ]
  expect(answers).toMatchObject([...each, ...each])
  for (const client of clients) client.close()
  server.close()
})
