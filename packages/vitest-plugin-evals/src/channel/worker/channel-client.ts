import type { MessagePort } from 'node:worker_threads'
import { EvalsError, type EvalsErrorCode } from '@evals/core'
import type { ChannelError, ChannelReply, ChannelRequest, MainMessage, WorkerMessage } from '../messages.ts'

/** How a worker asks. */
export interface AskOptions {
  /** Aborts the asking; what the main process does for it ends too. */
  readonly signal?: AbortSignal | undefined
  /** Gets an answer that came after the abort, for example a slot that has to be given back. */
  readonly onLate?: (value: unknown) => void
}

interface Open {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  readonly onLate: ((value: unknown) => void) | undefined
  aborted: boolean
}

/** The worker's end of the run's channel: asks the main process, all questions of a turn in one message. */
export class ChannelClient {
  readonly #port: MessagePort
  readonly #onCancel: (reason: string) => void
  readonly #open = new Map<number, Open>()
  #requests: ChannelRequest[] = []
  #cancelled: number[] = []
  #sending = false
  #ended = false
  #ids = 0

  /**
   * @param port leads to the main process's {@link ChannelServer}
   * @param onCancel called when the run is cancelled, and when it has ended
   */
  constructor(port: MessagePort, onCancel: (reason: string) => void) {
    this.#port = port
    this.#onCancel = onCancel
    port.on('message', (message: MainMessage) => this.#receive(message))
    port.on('close', () => this.#end())
    // The worker may end while it waits for nothing else.
    port.unref()
  }

  /**
   * Asks and waits for the answer. Payload and answer are cloned.
   * @throws what the main process's handler threw, and an `AbortError` when the run has ended
   */
  ask<Answer>(method: string, payload: unknown, { signal, onLate }: AskOptions = {}): Promise<Answer> {
    signal?.throwIfAborted()
    if (this.#ended) return Promise.reject(runEnded())
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const id = this.#ids++
    this.#send({ id, method, payload })
    const open: Open = { resolve, reject, onLate, aborted: false }
    this.#open.set(id, open)
    if (signal === undefined) return promise as Promise<Answer>
    const abort = (): void => {
      open.aborted = true
      this.#cancelled.push(id)
      this.#flushSoon()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
    return promise.finally(() => signal.removeEventListener('abort', abort)) as Promise<Answer>
  }

  /** Says something that needs no answer. */
  tell(method: string, payload: unknown): void {
    this.#send({ method, payload })
  }

  close(): void {
    this.#flush()
    this.#port.close()
  }

  #send(request: ChannelRequest): void {
    this.#requests.push(request)
    this.#flushSoon()
  }

  #flushSoon(): void {
    if (this.#sending) return
    this.#sending = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#sending = false
    if (this.#requests.length === 0 && this.#cancelled.length === 0) return
    const message: WorkerMessage = { requests: this.#requests, cancelled: this.#cancelled }
    this.#requests = []
    this.#cancelled = []
    this.#port.postMessage(message)
  }

  #receive(message: MainMessage): void {
    if ('cancelled' in message) this.#onCancel(message.cancelled)
    else for (const reply of message.replies) this.#settle(reply)
  }

  /** Nobody answers any more: a worker that waited for it would never end. */
  #end(): void {
    this.#ended = true
    for (const { reject } of this.#open.values()) reject(runEnded())
    this.#open.clear()
    this.#onCancel('it has ended')
  }

  #settle(reply: ChannelReply): void {
    const open = this.#open.get(reply.id)
    this.#open.delete(reply.id)
    if (open === undefined) return
    if ('error' in reply) open.reject(toError(reply.error))
    else if (open.aborted) open.onLate?.(reply.value)
    else open.resolve(reply.value)
  }
}

function runEnded(): DOMException {
  return new DOMException('the run has ended', 'AbortError')
}

function toError({ name, message, code, details }: ChannelError): Error {
  if (name === 'EvalsError' && code !== undefined) {
    return new EvalsError(code as EvalsErrorCode, message, details === undefined ? {} : { details })
  }
  return Object.assign(new Error(message), { name })
}
