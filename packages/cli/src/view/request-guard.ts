import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What stands behind the token in the address of a request that may be answered. */
export interface AdmittedRequest {
  /** Without the leading slash: `` or `api/record`. */
  readonly path: string
  readonly query: URLSearchParams
}

/**
 * Whether a request comes from the page itself: it knows the token, names this machine as its host (a foreign name that
 * was re-pointed to it does not), and no other site sent it.
 */
export function admit(
  { url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>,
  { token, port }: { readonly token: string; readonly port: number | undefined },
): AdmittedRequest | undefined {
  // Browsers leave out the port that HTTP has anyway.
  const suffixes = port === 80 ? [':80', ''] : [`:${port}`]
  const hosts = suffixes.flatMap((suffix) => [`127.0.0.1${suffix}`, `localhost${suffix}`])
  const { host = '', origin } = headers
  if (!hosts.includes(host)) return undefined
  if (origin !== undefined && origin !== `http://${host}`) return undefined
  if (headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate') return undefined
  const [, given = '', path = ''] = /^\/([^/?]*)\/([^?]*)/.exec(url) ?? []
  if (!isSame(given, token)) return undefined
  const start = url.indexOf('?')
  return { path, query: new URLSearchParams(start === -1 ? '' : url.slice(start)) }
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}
