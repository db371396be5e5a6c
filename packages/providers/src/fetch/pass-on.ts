import type { CallAnswer, ModelCallError } from '@evals/core'
import type { AppCall } from './app-call.ts'
import { headersOf, withUrl } from './kept-answer.ts'
import { isCacheable, newReading, readValue, toCallAnswer, type ReadAnswer } from './read-answer.ts'
import { StreamEvents } from './stream-events.ts'
import { brokenOff, endedEarly, tellsFailure, toldFailure } from './stream-failures.ts'

/** How a streamed answer reaches the application. */
export interface StreamDelivery {
  readonly call: AppCall
  /** Gives the response to the application while its bytes are still on their way. */
  give(response: Response): void
  /** Settles when the call is recorded. */
  recorded(): Promise<unknown>
}

/**
 * Passes a stream on to the application as it comes, and reads it by the way. Its bytes are taken as fast as they come,
 * however slowly the application reads, so that the slot is free when the server has finished; the last piece reaches
 * the application once the call is recorded, since its task may end with it.
 * @returns what was read, when the answer is over
 */
export function passOn(response: Response, { call, give, recorded }: StreamDelivery): Promise<CallAnswer<ReadAnswer>> {
  const { promise, resolve, reject } = Promise.withResolvers<CallAnswer<ReadAnswer>>()
  const { status } = response
  const headers = headersOf(response)
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body!.getReader()
  const events = new StreamEvents(headers['content-type'] ?? '')
  const pieces: Uint8Array[] = []
  const reading = newReading()
  const finish = async (): Promise<void> => {
    resolve(
      toCallAnswer(call, reading, new StreamedAnswer({ status, headers, isCacheable: isCacheable(reading) }, pieces)),
    )
    await recorded()
  }
  const fail = async (error: ModelCallError): Promise<void> => {
    reject(error)
    await Promise.allSettled([recorded()])
  }
  let isTold = false
  const pump = async (stream: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    while (true) {
      const { value, done } = await reader.read()
      const values = done ? events.end() : events.push(value)
      for (const one of values) readValue(call, one, reading)
      if (value !== undefined) pieces.push(value)
      const failure = values.find(tellsFailure)
      isTold = failure !== undefined
      if (isTold) await fail(toldFailure(call, failure))
      else if (done && !reading.isWhole && !reading.isOver) throw endedEarly(call)
      else if (done || reading.isOver) await finish()
      if (!done) stream.enqueue(value)
      if (done || isTold) break
    }
    stream.close()
    await reader.cancel()
  }
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      pump(stream).catch(async (error: unknown) => {
        const failure = brokenOff(call, error)
        await fail(failure)
        stream.error(failure)
      })
      // However the call ends, the application is told; an abort and a timeout do not wait for the server. What the server
      // tells of itself is passed on, for the client's own error.
      recorded().catch((error: unknown) => isTold || stream.error(error))
    },
    async cancel(reason) {
      // What is wrong with the call is in its record; the application has turned away.
      await Promise.allSettled([finish(), reader.cancel(reason)])
    },
  })
  give(withUrl(new Response(body, { status, headers }), call.url))
  return promise
}

/** The pieces of an answer, which only the cache wants as one text. */
class StreamedAnswer implements ReadAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly isCacheable: boolean
  readonly #pieces: readonly Uint8Array[]

  constructor({ status, headers, isCacheable: canBeCached }: Omit<ReadAnswer, 'body'>, pieces: readonly Uint8Array[]) {
    this.status = status
    this.headers = headers
    this.isCacheable = canBeCached
    this.#pieces = pieces
  }

  get body(): string {
    return Buffer.concat(this.#pieces).toString('utf8')
  }
}
