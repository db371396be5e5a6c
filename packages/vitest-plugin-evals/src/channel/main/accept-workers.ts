import type { MessagePort } from 'node:worker_threads'
import type { WorkerCall } from '../messages.ts'

/**
 * Takes the ports that workers open with `callMain`.
 * @param channel name of the run's channel, since a process can have several runs
 * @returns stops it
 */
export function acceptWorkers(channel: string, onCall: (worker: number, port: MessagePort) => void): () => void {
  const listen = (message: unknown, worker: number): void => {
    if (isCall(message) && message.channel === channel) onCall(worker, message.port)
  }
  process.on('workerMessage', listen)
  return () => void process.off('workerMessage', listen)
}

/** Other code in workers may send messages too. */
function isCall(message: unknown): message is WorkerCall {
  return typeof message === 'object' && message !== null && 'channel' in message && 'port' in message
}
