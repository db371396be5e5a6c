// A worker thread, run by Node itself, that asks for endpoints as an eval file does.
import { parentPort, workerData } from 'node:worker_threads'
import { endpointsMethod, type EndpointsMessage } from '../channel/endpoints-message.ts'
import { MainProcess } from '../channel/main-process.ts'

const { channel, message } = workerData as { readonly channel: string; readonly message: EndpointsMessage }
const main = new MainProcess(channel, () => {})
// The channel keeps no thread alive.
parentPort?.on('message', () => {})
try {
  parentPort?.postMessage({ endpoints: await main.ask(endpointsMethod, message) })
} catch (error) {
  parentPort?.postMessage({ error })
}
main.close()
parentPort?.close()
