import type { IncomingMessage } from 'node:http'

/** The body of a request as text; `undefined` if it is longer than `longest` characters. */
export async function bodyOf(request: IncomingMessage, longest: number): Promise<string | undefined> {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) {
    text += String(piece)
    if (text.length > longest) return undefined
  }
  return text
}
