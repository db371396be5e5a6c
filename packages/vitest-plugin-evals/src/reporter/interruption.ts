import { constants } from 'node:os'
import type { Vitest } from 'vitest/node'

const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Lets a run end in order on Ctrl+C: Vitest would exit at once, and no summary would be written. A second Ctrl+C does
 * what Vitest does.
 */
export class Interruption {
  readonly #vitest: Vitest
  readonly #own = new Map<(typeof signals)[number], { listener: () => void; before: NodeJS.SignalsListener[] }>()
  /** What the process ends with after a signal, as shells count: 130 after Ctrl+C. */
  exitCode: number | undefined

  constructor(vitest: Vitest) {
    this.#vitest = vitest
  }

  /** Takes the place of Vitest's own listeners until {@link release}. */
  install(): void {
    for (const signal of signals) {
      const before = process.listeners(signal)
      const listener = (): void => {
        this.release()
        this.exitCode = 128 + constants.signals[signal]
        this.#vitest.logger.warn(
          '\nInterrupted: what is running is aborted and recorded. Press Ctrl+C again to stop at once.',
        )
        void this.#vitest.cancelCurrentRun('keyboard-input')
      }
      process.removeAllListeners(signal)
      process.on(signal, listener)
      this.#own.set(signal, { listener, before })
    }
  }

  /** Puts the listeners that were there before back. */
  release(): void {
    for (const [signal, { listener, before }] of this.#own) {
      process.removeListener(signal, listener)
      for (const earlier of before) process.on(signal, earlier)
    }
    this.#own.clear()
  }
}
