import type { BroadcastChannel } from 'node:worker_threads'
import { EvalsError, messageOf } from '@evals/core'
import type { ChannelError, ChannelReply, ChannelRequest, MainMessage, WorkerMessage } from './messages.ts'

/** Who asks, and until when. */
export interface Asking {
  /** Aborts when the worker no longer wants the answer, and when the run ends. */
  readonly signal: AbortSignal
}

/** Answers one kind of question; what it throws goes back to the worker that asked. */
export type Handler = (payload: never, asking: Asking) => unknown

/** The main process's side of the run's channel: answers what workers ask, all answers of a turn in one message each. */
export class WorkerRequests {
  readonly #channel: BroadcastChannel
  readonly #handlers: Readonly<Record<string, Handler>>
  readonly #open = new Map<string, AbortController>()
  readonly #replies = new Map<number, ChannelReply[]>()
  #sending = false

  constructor(channel: BroadcastChannel, handlers: Readonly<Record<string, Handler>>) {
    this.#channel = channel
    this.#handlers = handlers
    channel.onmessage = ({ data }) => this.#receive(data as MainMessage | WorkerMessage)
  }

  /** Ends what is still being done for workers. The channel stays open. */
  close(): void {
    this.#channel.onmessage = () => {}
    for (const controller of this.#open.values()) controller.abort(new DOMException('the run has ended', 'AbortError'))
    this.#open.clear()
  }

  #receive(message: MainMessage | WorkerMessage): void {
    if (message.type !== 'worker') return
    const { from, requests, cancelled } = message
    for (const request of requests) void this.#answer(from, request)
    for (const id of cancelled) {
      this.#open.get(`${from}:${id}`)?.abort(new DOMException('no longer wanted', 'AbortError'))
    }
  }

  async #answer(from: number, { id, method, payload }: ChannelRequest): Promise<void> {
    const key = `${from}:${id}`
    const controller = new AbortController()
    this.#open.set(key, controller)
    try {
      const handler = this.#handlers[method]
      if (handler === undefined) throw unknownMethod(method)
      const value = await handler(payload as never, { signal: controller.signal })
      this.#reply(from, { id, value })
    } catch (error) {
      this.#reply(from, { id, error: describe(error) })
    } finally {
      this.#open.delete(key)
    }
  }

  #reply(to: number, reply: ChannelReply): void {
    const replies = this.#replies.get(to)
    if (replies === undefined) this.#replies.set(to, [reply])
    else replies.push(reply)
    if (this.#sending) return
    this.#sending = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#sending = false
    for (const [to, replies] of this.#replies) {
      this.#channel.postMessage({ type: 'replies', to, replies } satisfies MainMessage)
    }
    this.#replies.clear()
  }
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
