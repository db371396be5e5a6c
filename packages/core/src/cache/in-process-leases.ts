import { onAbort } from '../on-abort.ts'
import type { Leases } from './leases.ts'

/** Leases of one process; in a run with several workers its main process holds them for all. */
export class InProcessLeases implements Leases {
  /** Who waits for a key that is held. */
  readonly #waiting = new Map<string, Set<() => void>>()

  acquire(key: string, { signal }: { readonly signal: AbortSignal }): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error)
      const waiting = this.#waiting.get(key)
      if (waiting === undefined) {
        this.#waiting.set(key, new Set())
        return resolve(() => this.#release(key))
      }
      const take = (): void => {
        stopListening()
        resolve(() => this.#release(key))
      }
      const stopListening = onAbort(signal, () => {
        waiting.delete(take)
        reject(signal.reason as Error)
      })
      waiting.add(take)
    })
  }

  #release(key: string): void {
    const waiting = this.#waiting.get(key)
    const [next] = waiting ?? []
    if (next === undefined) {
      this.#waiting.delete(key)
      return
    }
    waiting?.delete(next)
    next()
  }
}
