import type { RequestInit as UndiciRequestInit } from 'undici'

type FetchInput = Parameters<typeof fetch>[0]

/** A request as undici takes it: Node's own `Request` and `FormData` are none of its own classes. */
export async function toUndiciRequest(
  input: FetchInput,
  init: RequestInit = {},
): Promise<readonly [url: string | URL, init: UndiciRequestInit]> {
  if (!(input instanceof Request)) return [input, await withPlainBody(init)]
  // The constructor applies what `init` changes.
  const { url, method, headers, body, signal, redirect } = new Request(input, init)
  const request = { method, headers, body, signal, redirect, ...(body === null ? {} : { duplex: 'half' }) }
  return [url, request as unknown as UndiciRequestInit]
}

async function withPlainBody(init: RequestInit): Promise<UndiciRequestInit> {
  if (!(init.body instanceof FormData)) return init as unknown as UndiciRequestInit
  const packed = new Response(init.body)
  const headers = new Headers(init.headers)
  headers.set('content-type', packed.headers.get('content-type') ?? '')
  return { ...init, headers, body: await packed.arrayBuffer() } as unknown as UndiciRequestInit
}
