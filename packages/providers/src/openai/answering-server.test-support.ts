import type { IncomingHttpHeaders } from 'node:http'
import { systemClock, useRequestEngine } from '@evals/core'
import { unlimited } from '@evals/core/testing'
import { bodyOf, startServer } from '../transport/http-server.test-support.ts'

/** A request as it came. */
export interface SeenRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/**
 * A server that answers every request the same: a JSON object, or a text of the given type. Calls of models are retried
 * without a wait.
 */
export async function answering(
  status: number,
  answer: object | string,
  contentType: string = typeof answer === 'string' ? 'text/event-stream' : 'application/json',
): Promise<{ readonly url: string; readonly requests: readonly SeenRequest[] }> {
  useRequestEngine({ limiter: unlimited, clock: systemClock, random: () => 0 })
  const requests: SeenRequest[] = []
  const { url } = await startServer((request, response) => {
    void bodyOf(request).then((body) => {
      requests.push({
        path: request.url ?? '',
        headers: request.headers,
        body: body === '' ? undefined : JSON.parse(body),
      })
      response.writeHead(status, { 'content-type': contentType })
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    })
  })
  return { url, requests }
}

/** Events as a stream of server-sent events. */
export function eventStream(...events: readonly object[]): string {
  return [...events.map((event) => JSON.stringify(event)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('')
}
