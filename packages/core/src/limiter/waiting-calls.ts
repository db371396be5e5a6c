import type { Clock } from '../clock.ts'
import { onAbort } from '../on-abort.ts'
import type { SlotRequest } from './limiter.ts'
import { circuitOpen, pausedTooLong, waitedTooLong } from './slot-errors.ts'

interface WaitingCall {
  /** Ms of the clock; infinite: it waits as long as it takes. */
  readonly until: number
  readonly failFast: boolean
  readonly leave: (reason: unknown) => void
}

/** The calls that wait for a slot of one key, and what makes them leave without one. */
export class WaitingCalls {
  readonly #clock: Clock
  readonly #calls = new Set<WaitingCall>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * A call begins to wait; it leaves when its signal aborts or its time is over.
   * @returns a signal that aborts when it leaves, and what is to be called when it waits no more
   */
  add({ signal, deadlineMs, failFast = false }: SlotRequest): { left: AbortSignal; end: () => void } {
    const controller = new AbortController()
    const leave = (reason: unknown): void => controller.abort(reason)
    // One signal of several would cost more than all the rest of a call.
    const stopListening = signal === undefined ? undefined : onAbort(signal, () => leave(signal.reason))
    const cancelDeadline =
      deadlineMs === undefined ? undefined : this.#clock.after(deadlineMs, () => leave(waitedTooLong(deadlineMs)))
    const call = { until: this.#clock.now() + (deadlineMs ?? Number.POSITIVE_INFINITY), failFast, leave }
    this.#calls.add(call)
    const end = (): void => {
      stopListening?.()
      cancelDeadline?.()
      this.#calls.delete(call)
    }
    return { left: controller.signal, end }
  }

  /** The server is taken to be down: calls that do not wait for that leave. */
  circuitOpened(): void {
    for (const { failFast, leave } of this.#calls) if (failFast) leave(circuitOpen())
  }

  /** Nothing starts for so long: calls whose time is over before that leave. */
  paused(pausedMs: number): void {
    if (pausedMs === 0) return
    const now = this.#clock.now()
    for (const { until, leave } of this.#calls) {
      if (until < now + pausedMs) leave(pausedTooLong(pausedMs, until - now))
    }
  }
}
