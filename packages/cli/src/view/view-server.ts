import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EvalsError, messageOf, type ExperimentStore } from '@evals/core'
import { createRequestHandler } from './request-handler.ts'

/** What the page is served with. */
export interface ViewOptions {
  readonly store: ExperimentStore
  /** Of the store. */
  readonly url: string
  /** 0: any that is free. */
  readonly port: number
}

/** A page that is served. */
export interface ServedView extends AsyncDisposable {
  /** With the token. */
  readonly address: string
}

/**
 * Serves the page over a store on loopback, to whoever knows the token in its address.
 * @throws EvalsError `EVALS_DASHBOARD_MISSING`, `EVALS_USAGE_INVALID` for a port that is taken
 */
export async function serveView({ store, url, port }: ViewOptions): Promise<ServedView> {
  const token = randomBytes(16).toString('hex')
  const viewed = { store, url, root: process.cwd(), isLabelled: true }
  const server = createServer(await createRequestHandler({ ...viewed, token }))
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new EvalsError(
      'EVALS_USAGE_INVALID',
      `Port ${port} of this machine cannot be served: ${messageOf(error)}. Take another with --port, or leave it out.`,
      { cause: error, details: { port } },
    )
  }
  return {
    address: `http://127.0.0.1:${portOf(server)}/${token}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
