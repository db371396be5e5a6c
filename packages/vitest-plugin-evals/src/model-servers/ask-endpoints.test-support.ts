// A worker thread, run by Node itself, that asks for endpoints as an eval file does.
import { parentPort, workerData } from 'node:worker_threads'
import { endpointsMethod, type EndpointsMessage } from '../channel/endpoints-message.ts'
import { ChannelClient } from '../channel/worker/channel-client.ts'

const { channel, message } = workerData as { readonly channel: string; readonly message: EndpointsMessage }
const main = new ChannelClient(channel, () => {})
// The channel keeps no thread alive.
parentPort?.on('message', () => {})
try {
  parentPort?.postMessage({ endpoints: await main.ask(endpointsMethod, message) })
} catch (error) {
  parentPort?.postMessage({ error })
}
main.close()
parentPort?.close()
