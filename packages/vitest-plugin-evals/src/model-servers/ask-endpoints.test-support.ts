// A worker thread, run by Node itself, that asks for endpoints as an eval file does.
import { parentPort, workerData } from 'node:worker_threads'
import { endpointsMethod, type EndpointsMessage } from '../channel/endpoints-message.ts'
import { callMain, type CalledRun } from '../channel/worker/call-main.ts'
import { ChannelClient } from '../channel/worker/channel-client.ts'

const { message, ...run } = workerData as CalledRun & { readonly message: EndpointsMessage }
// Neither calling nor the channel keeps a thread alive.
parentPort?.on('message', () => {})
const main = new ChannelClient(await callMain(run), () => {})
try {
  parentPort?.postMessage({ endpoints: await main.ask(endpointsMethod, message) })
} catch (error) {
  parentPort?.postMessage({ error })
}
main.close()
parentPort?.close()
