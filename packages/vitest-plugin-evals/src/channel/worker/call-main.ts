import { MessageChannel, postMessageToThread, type MessagePort } from 'node:worker_threads'
import type { ActiveRun } from '../../protocol.ts'
import type { WorkerCall } from '../messages.ts'

/** How a worker finds the main process of its run. */
export type CalledRun = Pick<ActiveRun, 'channel' | 'mainThread'>

/**
 * Opens a port to Vitest's main process. A port and not a `BroadcastChannel`: with that every thread would read what is
 * said to any of them.
 */
export async function callMain({ channel, mainThread }: CalledRun): Promise<MessagePort> {
  const { port1, port2 } = new MessageChannel()
  const call: WorkerCall = { channel, port: port2 }
  await postMessageToThread(mainThread, call, [port2])
  return port1
}
