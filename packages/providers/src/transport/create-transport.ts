import { endStalledStreams } from './end-stalled-streams.ts'
import { loadUndici } from './load-undici.ts'
import { reportAttempt } from './report-attempt.ts'
import { toUndiciRequest } from './to-undici-request.ts'

/** Settings of a transport. */
export interface TransportOptions {
  /** Most ms between two pieces of a stream. Default 60,000. */
  readonly stallTimeoutMs?: number
}

/**
 * Makes a `fetch` with keep-alive connections of its own, as many for each origin as calls are open. It obeys
 * `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, and tells the running attempt what it sees.
 */
export async function createTransport({ stallTimeoutMs = 60_000 }: TransportOptions = {}): Promise<typeof fetch> {
  const undici = await loadUndici()
  const agent = new undici.EnvHttpProxyAgent({
    // One call to a connection, so that an abort can close it, and as many connections as the limiter lets in.
    allowH2: false,
    pipelining: 1,
    connectTimeout: 30_000,
    // The attempt's own timeout counts; a server may send headers long before it has the answer.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 30_000,
  })
  const dispatcher = agent.compose(endStalledStreams(undici, stallTimeoutMs), reportAttempt)
  return async (input, init) => {
    const [url, request] = await toUndiciRequest(input, init)
    return undici.fetch(url, { ...request, dispatcher })
  }
}
