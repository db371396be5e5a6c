import { unreadableAnswer } from '../vendor/unreadable-answer.ts'
import { transportFetch } from '../transport/transport-fetch.ts'

/** A call as its `fetch` sees it. */
export interface OllamaFetchOptions {
  /** For errors, as `ollama:llama3.2`. */
  readonly model: string
  readonly signal: AbortSignal
  readonly isStream: boolean
}

/**
 * The `fetch` of one call. The SDK gives whole answers no signal, prints what it cannot read to the console, and leaves
 * out lines of a stream that are no JSON; so this one adds the signal, and throws.
 */
export function ollamaFetch({ model, signal, isStream }: OllamaFetchOptions): typeof fetch {
  return async (input, init) => {
    const response = await transportFetch(input, { ...init, signal })
    if (!response.ok) return Response.json({ error: errorIn(await response.text()) }, { status: response.status })
    if (!isStream || response.body === null) return response
    return new Response(ReadableStream.from(checkedLines(response.body, model)), response)
  }
}

/** The server's own words. */
function errorIn(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: unknown }
    if (typeof error === 'string') return error
  } catch {
    // A proxy answers in its own way.
  }
  return body.trim()
}

/** Passes whole lines on as they are asked for, and fails at one that is not JSON: what came before it has been read. */
async function* checkedLines(body: ReadableStream<Uint8Array>, model: string): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const line of linesOf(body)) {
    try {
      JSON.parse(line)
    } catch (error) {
      throw unreadableAnswer(model, `not JSON: ${JSON.stringify(line)}`, error)
    }
    yield encoder.encode(`${line}\n`)
  }
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const lines = decoder.decode(chunk, { stream: true }).split('\n')
    // Not searched again with each chunk: a line may have many megabytes.
    lines[0] = rest + lines[0]
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line.trim() !== '')
  }
  rest += decoder.decode()
  if (rest.trim() !== '') yield rest
}
