import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RecordingServer } from '@evals/core/testing'
import { startModelServer, type ModelServer } from '@evals/model-server'
import { afterAll, beforeAll } from 'vitest'

/** The servers of a provider's tests; they start before the file's first test and end after its last. */
export interface ModelServers {
  readonly server: ModelServer
  readonly recorder: RecordingServer
}

/** Starts a simulated model server, and one that keeps what it is sent, for the tests of a file. */
export function useModelServers(): ModelServers {
  const servers: { server?: ModelServer; recorder?: RecordingServer & AsyncDisposable } = {}
  beforeAll(async () => {
    servers.server = await startModelServer()
    servers.recorder = await startRecorder()
  })
  afterAll(async () => {
    await servers.server?.[Symbol.asyncDispose]()
    await servers.recorder?.[Symbol.asyncDispose]()
  })
  return {
    get server() {
      return servers.server!
    },
    get recorder() {
      return servers.recorder!
    },
  }
}

async function startRecorder(): Promise<RecordingServer & AsyncDisposable> {
  let bodies: unknown[] = []
  const server = createServer((request, response) => {
    void Array.fromAsync<Buffer>(request).then((chunks) => {
      bodies.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"recorded"}}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeBodies() {
      const taken = bodies
      bodies = []
      return taken
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
