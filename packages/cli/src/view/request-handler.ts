import type { IncomingMessage, ServerResponse } from 'node:http'
import { EvalsError, messageOf } from '@evals/core'
import { readDashboard } from './dashboard-files.ts'
import { ExperimentFeeds } from './experiment-feeds.ts'
import { admit } from './request-guard.ts'
import { RunningFigures } from './running-figures.ts'
import { routes, type ViewedStore } from './routes.ts'

/** Answers all requests for the page; a request's address begins with `/TOKEN/`. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void

/** What is served, and to whom. */
export interface HandlerOptions extends ViewedStore {
  /** Who does not know it is refused. */
  readonly token: string
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
 * Makes what answers the requests for the page over a store, whichever server on this machine they come to.
 * @throws EvalsError `EVALS_DASHBOARD_MISSING`
 */
export async function createRequestHandler({ token, ...viewed }: HandlerOptions): Promise<RequestHandler> {
  const page = await readDashboard()
  const feeds = new ExperimentFeeds(viewed)
  const figures = new RunningFigures(viewed.store)
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    const admitted = admit(request, { token, port: request.socket.localPort })
    if (admitted === undefined) {
      return sendError(response, 403, 'Open the address that `evals view`, or Vitest with --ui, printed.')
    }
    const route = routes[`${request.method} ${admitted.path}`]
    if (route === undefined) return sendError(response, 404, `There is no ${admitted.path}.`)
    void answer(response, () => route({ ...admitted, ...viewed, request, response, feeds, figures, page }))
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
