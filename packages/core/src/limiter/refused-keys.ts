import { onAbort } from '../on-abort.ts'
import { keyRefused } from './key-refused.ts'
import type { Limiter, Slot, SlotRequest } from './limiter.ts'

/**
 * Stops the calls of one run on accounts whose key a server has refused: the next ten thousand would fail alike. It knows
 * of no other run, in which the key may be valid.
 */
export class RefusedKeys implements Limiter {
  readonly #limiter: Limiter
  readonly #refused = new Set<string>()
  /** By key: how each call that waits is sent away. */
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor(limiter: Limiter) {
    this.#limiter = limiter
  }

  async acquire(key: string, request: SlotRequest): Promise<Slot> {
    if (this.#refused.has(key)) throw keyRefused()
    const { signal, end } = this.#wait(key, request.signal)
    try {
      const slot = await this.#limiter.acquire(key, { ...request, signal })
      return {
        ...slot,
        release: (outcome) => {
          if (outcome.result === 'denied') this.#refuse(key)
          slot.release(outcome)
        },
      }
    } finally {
      end()
    }
  }

  #wait(key: string, own: AbortSignal | undefined): { signal: AbortSignal; end: () => void } {
    const controller = new AbortController()
    const stopListening = own === undefined ? undefined : onAbort(own, () => controller.abort(own.reason))
    if (own?.aborted === true) controller.abort(own.reason)
    const sendAway = (): void => controller.abort(keyRefused())
    const waiting = this.#waiting.get(key) ?? new Set()
    this.#waiting.set(key, waiting.add(sendAway))
    const end = (): void => {
      stopListening?.()
      waiting.delete(sendAway)
    }
    return { signal: controller.signal, end }
  }

  #refuse(key: string): void {
    this.#refused.add(key)
    for (const sendAway of this.#waiting.get(key) ?? []) sendAway()
  }
}
