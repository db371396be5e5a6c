import type { Leases } from '@evals/core'
import type { Handler } from './worker-requests.ts'

/** What a worker sends to hold a key. */
export interface LeaseMessage {
  readonly key: string
}

/** Lets workers hold keys in the main process, so that all of them respect each other's. */
export function leasesHandlers(leases: Leases): Record<'lease' | 'unlease', Handler> {
  const held = new Map<number, () => void>()
  let number = 0
  return {
    async lease({ key }: LeaseMessage, { signal }): Promise<number> {
      const release = await leases.acquire(key, { signal })
      number += 1
      held.set(number, release)
      return number
    },
    unlease(lease: number) {
      held.get(lease)?.()
      held.delete(lease)
    },
  }
}
