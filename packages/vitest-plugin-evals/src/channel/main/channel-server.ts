import type { MessagePort } from 'node:worker_threads'
import { EvalsError, messageOf } from '@evals/core'
import type { ChannelError, ChannelReply, ChannelRequest, MainMessage, WorkerMessage } from '../messages.ts'

/** Who asks, and until when. */
export interface Asking {
  /** Aborts when the worker no longer wants the answer or is gone, and when the run ends. */
  readonly signal: AbortSignal
  /** The asking worker's thread id. */
  readonly worker: number
}

/** Answers one kind of question; what it throws goes back to the worker that asked. */
export type Handler = (payload: never, asking: Asking) => unknown

/** Something that the main process does for workers. */
export interface ChannelService {
  /** By what they answer. */
  readonly handlers: Readonly<Record<string, Handler>>
  /** A worker starts, which takes a while, and will ask then. */
  workerStarted?(): void
  /** Takes back what a worker held, which has ended. */
  workerGone?(worker: number): void
}

interface Open {
  readonly worker: number
  readonly controller: AbortController
}

/** The main process's end of the run's channel: answers what workers ask, all answers of a turn in one message each. */
export class ChannelServer {
  readonly #ports = new Map<number, MessagePort>()
  readonly #services: readonly ChannelService[]
  readonly #handlers: Readonly<Record<string, Handler>>
  readonly #open = new Map<string, Open>()
  readonly #gone = new Set<number>()
  readonly #replies = new Map<number, ChannelReply[]>()
  #sending = false
  #closed = false
  /** Why the run was cancelled. */
  #cancelled: string | undefined

  constructor(services: readonly ChannelService[]) {
    this.#services = services
    this.#handlers = Object.assign({}, ...services.map(({ handlers }) => handlers)) as Record<string, Handler>
  }

  /** Listens to a worker. */
  connect(worker: number, port: MessagePort): void {
    this.#ports.set(worker, port)
    port.on('message', (message: WorkerMessage) => this.#receive(worker, message))
    // Vitest's main process may end while workers have nothing to ask.
    port.unref()
    if (this.#cancelled !== undefined) port.postMessage({ cancelled: this.#cancelled } satisfies MainMessage)
  }

  /** Tells all workers that the run is cancelled, also those that come later. */
  cancel(reason: string): void {
    this.#cancelled = reason
    for (const port of this.#ports.values()) port.postMessage({ cancelled: reason } satisfies MainMessage)
  }

  /** Ends what is still being done for workers, and listens to them no more. */
  close(): void {
    this.#closed = true
    for (const port of this.#ports.values()) port.close()
    this.#ports.clear()
    for (const { controller } of this.#open.values()) controller.abort(aborted('the run has ended'))
    this.#open.clear()
  }

  /** Lets the services get ready. */
  workerStarted(): void {
    for (const service of this.#services) service.workerStarted?.()
  }

  /** Ends what is being done for a worker that has ended, and takes back what it held: nobody else will. */
  workerGone(worker: number): void {
    this.#gone.add(worker)
    this.#ports.delete(worker)
    for (const open of this.#open.values()) {
      if (open.worker === worker) open.controller.abort(aborted('the worker has ended'))
    }
    for (const service of this.#services) service.workerGone?.(worker)
  }

  #receive(from: number, { requests, cancelled }: WorkerMessage): void {
    for (const request of requests) void this.#answer(from, request)
    for (const id of cancelled) this.#open.get(`${from}:${id}`)?.controller.abort(aborted('no longer wanted'))
  }

  async #answer(from: number, { id, method, payload }: ChannelRequest): Promise<void> {
    const key = `${from}:${id}`
    const controller = new AbortController()
    if (id !== undefined) this.#open.set(key, { worker: from, controller })
    try {
      const handler = this.#handlers[method]
      if (handler === undefined) throw unknownMethod(method)
      const value = await handler(payload as never, { signal: controller.signal, worker: from })
      if (id !== undefined) this.#reply(from, { id, value })
      // What it asked for came too late.
      if (this.#gone.has(from)) this.workerGone(from)
    } catch (error) {
      // What is only said needs no answer.
      if (id !== undefined) this.#reply(from, { id, error: describe(error) })
    } finally {
      this.#open.delete(key)
    }
  }

  #reply(to: number, reply: ChannelReply): void {
    if (this.#closed || this.#gone.has(to)) return
    const replies = this.#replies.get(to)
    if (replies === undefined) this.#replies.set(to, [reply])
    else replies.push(reply)
    if (this.#sending) return
    this.#sending = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#sending = false
    const due = [...this.#replies]
    this.#replies.clear()
    for (const [to, replies] of due) this.#post(to, replies)
  }

  #post(to: number, replies: readonly ChannelReply[]): void {
    const port = this.#ports.get(to)
    try {
      port?.postMessage({ replies } satisfies MainMessage)
    } catch (error) {
      // One that cannot be cloned must not keep the others.
      const [first, ...others] = replies
      if (others.length > 0) for (const reply of replies) this.#post(to, [reply])
      else port?.postMessage({ replies: [withoutDetails(first!, error)] } satisfies MainMessage)
    }
  }
}

/** A reply that cannot be cloned, as far as it can be told. */
function withoutDetails(reply: ChannelReply, why: unknown): ChannelReply {
  const { details: _details, ...error } = 'error' in reply ? reply.error : describe(why)
  return { id: reply.id, error }
}

function aborted(why: string): DOMException {
  return new DOMException(why, 'AbortError')
}

function describe(error: unknown): ChannelError {
  if (!(error instanceof Error)) return { name: 'Error', message: messageOf(error) }
  const { name, message } = error
  return EvalsError.isInstance(error) ? { name, message, code: error.code, details: error.details } : { name, message }
}

function unknownMethod(method: string): EvalsError {
  return new EvalsError(
    'EVALS_RUNTIME_MISSING',
    `Vitest's main process has no "${method}": the workers run another version of vitest-plugin-evals. Install it once.`,
  )
}
