import { request } from 'node:http'
import { messageOf } from '@evals/core'

/** What a server answered to a question of ours, or why it did not. */
export interface ServerAnswer {
  /** Absent: no answer. */
  readonly status?: number
  /** The answer's body, or the fault, in a line. */
  readonly text: string
}

/** One question to a server. */
export interface ServerQuestion {
  readonly url: string
  /** Sent as JSON by POST; absent: GET. */
  readonly body?: unknown
  readonly signal: AbortSignal
}

const mostCharacters = 500

/** Asks a server once, on a connection of its own and through no proxy; never throws. */
export async function askServer({ url, body, signal }: ServerQuestion): Promise<ServerAnswer> {
  const json = body === undefined ? undefined : JSON.stringify(body)
  const method = json === undefined ? 'GET' : 'POST'
  const headers = json === undefined ? {} : { 'content-type': 'application/json' }
  try {
    return await new Promise((resolve, reject) => {
      const asked = request(url, { method, headers, agent: false, signal }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => void (text += part.slice(0, mostCharacters)))
        response.once('error', reject)
        response.once('end', () => resolve({ status: response.statusCode ?? 0, text: oneLine(text) }))
      })
      asked.once('error', reject)
      asked.end(json)
    })
  } catch (error) {
    return { text: messageOf(error) }
  }
}

function oneLine(text: string): string {
  return text.slice(0, mostCharacters).replaceAll(/\s+/g, ' ').trim()
}
