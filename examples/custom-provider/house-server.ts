import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A machine that answers in a format that nobody else has. */
export interface HouseServer {
  readonly url: string
  close(): Promise<void>
}

/** Starts a machine. It answers a text with the same in capitals, but its first request comes too early: "busy, wait". */
export async function startHouseServer(): Promise<HouseServer> {
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    if (requests === 1) response.writeHead(429, { 'retry-after-ms': '20' }).end('busy')
    else void text(request).then((body) => response.end(answerTo(body)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answerTo(body: string): string {
  const { say } = JSON.parse(body) as { say: string }
  const words = say.split(' ').length
  return JSON.stringify({ said: say.toUpperCase(), words: { read: words, written: words } })
}
