import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EvalsError, messageOf, type ExperimentStore } from '@evals/core'
import { readDashboard } from './dashboard-files.ts'
import { ExperimentFeeds } from './experiment-feeds.ts'
import { admit } from './request-guard.ts'
import { routes } from './routes.ts'

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

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
}

/**
 * Serves the page over a store on loopback, to whoever knows the token in its address.
 * @throws EvalsError `EVALS_DASHBOARD_MISSING`, `EVALS_USAGE_INVALID` for a port that is taken
 */
export async function serveView({ store, url, port }: ViewOptions): Promise<ServedView> {
  const page = await readDashboard()
  const token = randomBytes(16).toString('hex')
  const feeds = new ExperimentFeeds(store, url)
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const admitted = admit(request, { token, port: portOf(server) })
    if (admitted === undefined) return sendError(response, 403, 'Open the address that `evals view` printed.')
    const route = routes[`${request.method} ${admitted.path}`]
    if (route === undefined) return sendError(response, 404, `There is no ${admitted.path}.`)
    void answer(response, () => route({ ...admitted, request, response, store, url, feeds, page }))
  })
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

/** Sends what went wrong; one broken request ends nothing else. */
async function answer(response: ServerResponse, route: () => Promise<void>): Promise<void> {
  try {
    await route()
  } catch (error) {
    const isUnknown = EvalsError.isInstance(error) && error.code === 'EVALS_EXPERIMENT_UNKNOWN'
    if (response.headersSent) response.destroy()
    else sendError(response, isUnknown ? 404 : 500, messageOf(error))
  }
}

function sendError(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(message)
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
