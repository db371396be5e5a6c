import type { AttemptReport, ResponseHeaders } from '@evals/core'
import { objectIn } from './wire-format.ts'

/** Tells the path what a client's error says of the server's answer; an error that says nothing is none of a server. */
export function reportThrown(thrown: unknown, report: AttemptReport): void {
  const status = statusOf(thrown)
  if (status === undefined && !isNetworkFault(thrown)) return
  report.sent = true
  if (status === undefined) return
  report.status = status
  report.headers = headersOf(thrown)
}

/** Where clients put it: OpenAI's and Anthropic's, the AI SDK's, AWS's, axios'. */
function statusOf(thrown: unknown): number | undefined {
  const error = objectIn(thrown)
  const places = [
    error['status'],
    error['statusCode'],
    objectIn(error['$metadata'])['httpStatusCode'],
    objectIn(error['response'])['status'],
  ]
  return places.find((place): place is number => typeof place === 'number' && place >= 100)
}

function headersOf(thrown: unknown): ResponseHeaders {
  const error = objectIn(thrown)
  const headers = objectIn(error['headers'] ?? error['responseHeaders'] ?? objectIn(error['response'])['headers'])
  // The `Headers` of undici and node-fetch are none of Node's own.
  const isList = Symbol.iterator in headers
  const entries = isList ? [...(headers as Iterable<[string, unknown]>)] : Object.entries(headers)
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]))
}

const networkCodes = /^(?:ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENET|UND_ERR_)/

const deepestCause = 5

function isNetworkFault(thrown: unknown): boolean {
  let error = thrown
  for (let depth = 0; depth < deepestCause && error instanceof Error; depth += 1) {
    if ('code' in error && networkCodes.test(String(error.code))) return true
    error = error.cause
  }
  return false
}
