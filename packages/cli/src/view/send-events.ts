import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FeedEvent } from './experiment-feed.ts'

/** Sends server-sent events until they or the connection end; the page sees `end` and does not connect again. */
export async function sendEvents(
  response: ServerResponse,
  follow: (signal: AbortSignal) => AsyncIterable<FeedEvent>,
): Promise<void> {
  const closed = new AbortController()
  response.once('close', () => closed.abort())
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  for await (const { type, data } of follow(closed.signal)) {
    // The id is what the browser asks to go on from when it connects again.
    const id = type === 'rows' ? `id: ${data.version}\n` : ''
    const isRoom = response.write(`${id}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
    if (!isRoom) await once(response, 'drain', { signal: closed.signal }).catch(() => {})
  }
  response.end('event: end\ndata: null\n\n')
}
