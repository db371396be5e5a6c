import { MessageChannel, threadId } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { ChannelServer } from '../main/channel-server.ts'
import { ChannelClient } from './channel-client.ts'

test('the end of the run cancels what is going on, and answers what was asked and what is asked later', async () => {
  const server = new ChannelServer([{ handlers: { wait: () => new Promise(() => {}) } }])
  const { port1, port2 } = new MessageChannel()
  server.connect(threadId, port1)
  const { promise: cancelled, resolve } = Promise.withResolvers<string>()
  const client = new ChannelClient(port2, resolve)
  const asked = client.ask('wait', {})
  server.close()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError', message: 'the run has ended' })
  await expect(cancelled).resolves.toBe('it has ended')
  await expect(client.ask('wait', {})).rejects.toMatchObject({ message: 'the run has ended' })
})
