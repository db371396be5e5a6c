import type { CallOutcome, Limiter, Slot, SlotRequest } from '@evals/core'
import type { Handler } from './worker-requests.ts'

/** What a worker sends to get a slot; a signal does not travel, the asking itself is cancelled. */
export interface AcquireMessage {
  readonly key: string
  readonly request: Omit<SlotRequest, 'signal'>
}

/** A slot that a worker holds. */
export interface HeldSlot {
  readonly slot: number
  readonly probe: boolean
}

/** What a worker sends when its call has ended. */
export interface ReleaseMessage {
  readonly slot: number
  readonly outcome: CallOutcome
}

/** Lets workers use the main process's limiter, so that all of them share one. */
export function limiterHandlers(limiter: () => Limiter | Promise<Limiter>): Record<'acquire' | 'release', Handler> {
  const slots = new Map<number, Slot>()
  let number = 0
  return {
    async acquire({ key, request }: AcquireMessage, { signal }): Promise<HeldSlot> {
      const slot = await (await limiter()).acquire(key, { ...request, signal })
      number += 1
      slots.set(number, slot)
      return { slot: number, probe: slot.probe === true }
    },
    release({ slot, outcome }: ReleaseMessage) {
      slots.get(slot)?.release(outcome)
      slots.delete(slot)
    },
  }
}
