/** An answer of which all bytes are here, as it can be given again and stored. */
export interface KeptAnswer {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

// The body is not compressed any more, and comes as one.
const transferHeaders = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive'])

/** The headers that still hold once the transport has read the answer. */
export function headersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !transferHeaders.has(name)))
}

/** Reads an answer to its end. */
export async function keepAnswer(response: Response): Promise<KeptAnswer> {
  return { status: response.status, headers: headersOf(response), body: await response.text() }
}

/** The response that an application expects. */
export function toResponse({ status, headers, body }: KeptAnswer, url: URL): Response {
  return withUrl(new Response(body === '' ? null : body, { status, headers }), url)
}

/** A response of one's own making has no address; some clients show it. */
export function withUrl(response: Response, { href }: URL): Response {
  return Object.defineProperty(response, 'url', { value: href })
}

// Neither limits of that day nor cookies nor names of accounts.
const storedHeaders = ['content-type', 'x-request-id', 'request-id']

/** What the cache keeps of an answer. */
export function storedAnswer({ status, headers, body }: KeptAnswer): KeptAnswer {
  const kept = storedHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const]))
  return { status, headers: Object.fromEntries(kept), body }
}
