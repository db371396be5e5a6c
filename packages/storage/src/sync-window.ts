import { systemClock, type Clock } from '@evals/core'

/** How long what is written may wait until it is brought to the disk itself, where a loss of power leaves it. */
export const syncWindowMs = 1000

/** Brings what is written to the disk in groups: one slow `fsync` for all that was written within the window. */
export class SyncWindow {
  readonly #sync: () => Promise<void>
  readonly #clock: Clock
  #cancel: (() => void) | undefined
  #running: Promise<void> = Promise.resolve()
  #failure: { readonly error: unknown } | undefined

  constructor(sync: () => Promise<void>, clock: Clock = systemClock) {
    this.#sync = sync
    this.#clock = clock
  }

  /**
   * To be called before each write.
   * @throws what an earlier `sync` failed with: what is written now might be lost as well
   */
  open(): void {
    if (this.#failure !== undefined) throw this.#failure.error
    this.#cancel ??= this.#clock.after(syncWindowMs, () => {
      this.#cancel = undefined
      this.#running = this.#sync().catch((error: unknown) => {
        this.#failure = { error }
      })
    })
  }

  /** Syncs what waits, now. */
  async close(): Promise<void> {
    this.#cancel?.()
    this.#cancel = undefined
    await this.#running
    await this.#sync()
    if (this.#failure !== undefined) throw this.#failure.error
  }
}
