import type { CallOutcome, SlotRequest } from '@evals/core'

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
