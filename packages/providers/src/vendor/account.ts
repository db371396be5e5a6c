import { createHash } from 'node:crypto'

/**
 * Whose limits a call uses: the base URL, and a short hash of the key that tells accounts apart without giving them away.
 * @param key absent where the server asks for none
 */
export function accountOf(baseURL: string, key?: string): string {
  const url = URL.parse(baseURL)
  // What has no scheme, as in `localhost:8000`, is read as one.
  const isAddress = url !== null && url.host !== ''
  const address = (isAddress ? `${url.protocol}//${url.host}${url.pathname}` : baseURL).replace(/\/+$/, '')
  return key === undefined || key === '' ? address : `${address} ${hashOf(key)}`
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12)
}
