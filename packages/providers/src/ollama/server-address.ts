/** Where a server is, and what it asks for. */
export interface ServerAddress {
  readonly url: string
  /** The header's value, where user and password stand in the address: `fetch` takes none that has them. */
  readonly authorization?: string
}

/** Reads an address as Ollama's own programs do: `http://` and port 11434 may be left out, and the host before a port. */
export function readServerAddress(text: string): ServerAddress {
  const host = text.startsWith(':') ? `127.0.0.1${text}` : text
  const hasScheme = host.includes('://')
  const url = URL.parse(hasScheme ? host : `http://${host}`)
  if (url === null) return { url: text }
  if (!hasScheme && url.port === '') url.port = '11434'
  const { username, password } = url
  url.username = ''
  url.password = ''
  const address = { url: url.href.replace(/\/+$/, '') }
  if (username === '') return address
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { ...address, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}
