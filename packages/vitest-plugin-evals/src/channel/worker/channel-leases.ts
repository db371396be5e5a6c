import type { Leases } from '@evals/core'
import type { ChannelClient } from './channel-client.ts'

/** The leases of Vitest's main process, as a worker uses them. */
export class ChannelLeases implements Leases {
  readonly #main: ChannelClient

  constructor(main: ChannelClient) {
    this.#main = main
  }

  async acquire(key: string, { signal }: { readonly signal: AbortSignal }): Promise<() => void> {
    const release = (lease: number): void => this.#main.tell('unlease', lease)
    const lease = await this.#main.ask<number>('lease', key, {
      signal,
      onLate: (late) => release(late as number),
    })
    return () => release(lease)
  }
}
