// `worker/` runs in workers: call-main.ts opens a port to the main process, channel-client.ts asks through it, and so do the
// limiter and the leases there. `main/` runs in Vitest's main process: accept-workers.ts takes the ports, channel-server.ts
// answers, by its services. The files beside this one are what they say.

import type { MessagePort } from 'node:worker_threads'

/** A worker's first message, to the thread of Vitest's main process; all others go through the port that it brings. */
export interface WorkerCall {
  /** As in `ActiveRun`. */
  readonly channel: string
  readonly port: MessagePort
}

/** A worker asks the main process for something. */
export interface ChannelRequest {
  /** Unique in its worker; absent where no answer is wanted. */
  readonly id?: number
  readonly method: string
  readonly payload: unknown
}

/** The main process's answer to a {@link ChannelRequest}. */
export type ChannelReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: ChannelError }

/** An error that came through the channel, which carries no classes. */
export interface ChannelError {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** What a worker sends: all it had to say within one turn of its event loop. */
export interface WorkerMessage {
  readonly requests: readonly ChannelRequest[]
  /** Ids of requests whose answer is no longer wanted. */
  readonly cancelled: readonly number[]
}

/** What the main process sends: answers, or that the run is cancelled. */
export type MainMessage = { readonly replies: readonly ChannelReply[] } | { readonly cancelled: string }
