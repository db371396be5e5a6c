import type { CallOutcome, Limiter, Slot, SlotRequest } from '@evals/core'
import type { AcquireMessage, HeldSlot, ReleaseMessage } from '../limiter-messages.ts'
import type { ChannelClient } from './channel-client.ts'

/** The limiter of Vitest's main process, as a worker uses it. */
export class ChannelLimiter implements Limiter {
  readonly #main: ChannelClient

  constructor(main: ChannelClient) {
    this.#main = main
  }

  async acquire(key: string, { signal, ...request }: SlotRequest): Promise<Slot> {
    const release = (slot: number, outcome: CallOutcome): void =>
      this.#main.tell('release', { slot, outcome } satisfies ReleaseMessage)
    const held = await this.#main.ask<HeldSlot>('acquire', { key, request } satisfies AcquireMessage, {
      signal,
      onLate: (late) => release((late as HeldSlot).slot, { result: 'aborted', durationMs: 0 }),
    })
    return { probe: held.probe, release: (outcome) => release(held.slot, outcome) }
  }
}
