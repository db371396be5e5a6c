import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** One call as it arrives. */
export interface ArrivedCall {
  readonly experiment: string
  readonly model: 'task' | 'judge'
  /** Of the sample and epoch. */
  readonly key: string
}

/** How calls are answered. */
export interface Answering {
  /** Told of each call before it is answered. */
  onCall(call: ArrivedCall): void
  /** How long the next answer takes. */
  delayMs(): number
}

/**
 * A model on loopback. A call is a line `experiment model key`, its answer one that begins with `model key`, in the order
 * in which they are ready: a client that has one connection and no HTTP starts in half the time.
 */
export async function serveAnswers({
  onCall,
  delayMs,
}: Answering): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((socket) => {
    const lines = createInterface(socket)
    // A killed client resets its connection.
    lines.on('error', () => socket.destroy())
    lines.on('line', (line) => {
      const [experiment = '', model = '', key = ''] = line.split(' ')
      onCall({ experiment, model: model as ArrivedCall['model'], key })
      setTimeout(() => answer(socket, `${model} ${key}`), delayMs())
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

/** Some answers take several pages of a file. */
function answer(socket: Socket, begin: string): void {
  if (socket.writable) socket.write(`${begin} ${'é'.repeat(begin.includes('0:') ? 10_000 : 10)}\n`)
}
