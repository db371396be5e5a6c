// `worker/` runs in workers: channel-client.ts asks, and the limiter and the leases there ask through it. `main/` runs in
// Vitest's main process: channel-server.ts answers, by its services. The files beside this one are what they say.

/** A worker asks the main process for something; `id` is unique in its worker. */
export interface ChannelRequest {
  readonly id: number
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
  readonly type: 'worker'
  readonly from: number
  readonly requests: readonly ChannelRequest[]
  /** Ids of requests whose answer is no longer wanted. */
  readonly cancelled: readonly number[]
}

/** What the main process sends: to one worker its answers, to all that the run is cancelled. */
export type MainMessage =
  | { readonly type: 'replies'; readonly to: number; readonly replies: readonly ChannelReply[] }
  | { readonly type: 'cancel'; readonly reason: string }
