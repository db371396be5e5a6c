import type { Clock } from '../clock.ts'
import { onAbort } from '../on-abort.ts'
import type { WaitClock } from './wait-clock.ts'

/** How raced work ended. */
export type RaceEnd<Result> =
  | { readonly ended: 'returned'; readonly value: Result }
  | { readonly ended: 'threw'; readonly error: unknown }
  | { readonly ended: 'timeout' }
  | { readonly ended: 'waited' }
  | { readonly ended: 'cancelled' }

/** How raced work ended, after how many ms of its own, and how many ms it waited besides. */
export type RaceResult<Result> = RaceEnd<Result> & { readonly durationMs: number; readonly waitedMs: number }

/** Bounds of raced work. */
export interface Deadline {
  /** 0 or less: no limit. */
  readonly timeoutMs: number
  /** Stands still while the work can only wait; that time is no part of `timeoutMs`. */
  readonly waits?: WaitClock
  /** Most ms the work may wait in all; 0 or absent: no limit. */
  readonly maxWaitMs?: number
  /** Cancels the work from outside. */
  readonly signal: AbortSignal
  /** Told to abort when time is up, so that work which listens stops. */
  readonly controller: Pick<AbortController, 'abort'>
  readonly clock: Clock
}

/** Waits for `work`, but no longer than its deadline; what work that ignores its signal does later is dropped. */
export function raceDeadline<Result>(
  work: () => Result | Promise<Result>,
  deadline: Deadline,
): Promise<RaceResult<Result>> {
  const { signal, controller, clock, waits } = deadline
  return new Promise((resolve) => {
    const started = clock.now()
    const waitedBefore = waits?.stoppedMs ?? 0
    const end = (result: RaceEnd<Result>): void => {
      release()
      const waitedMs = round((waits?.stoppedMs ?? 0) - waitedBefore)
      // A promise takes only its first answer, and so drops late ones.
      resolve({ ...result, durationMs: round(clock.now() - started - waitedMs), waitedMs })
    }
    const stop = (ended: 'timeout' | 'waited', message: string): void => {
      controller.abort(new DOMException(message, 'TimeoutError'))
      end({ ended })
    }
    const cancel = (): void => {
      controller.abort(signal.reason)
      end({ ended: 'cancelled' })
    }
    const stopTimers = startTimers(deadline, { started, waitedBefore, stop })
    let release = stopTimers
    if (signal.aborted) return cancel()
    const fail = (error: unknown): void => end({ ended: 'threw', error })
    try {
      const result = work()
      // The time of synchronous work must not include that of others waiting for their turn.
      if (!isPromise(result)) return end({ ended: 'returned', value: result })
      result.then((value) => end({ ended: 'returned', value }), fail)
      if (signal.aborted) return cancel()
      const stopListening = onAbort(signal, cancel)
      release = () => {
        stopTimers()
        stopListening()
      }
    } catch (error) {
      fail(error)
    }
  })
}

interface TimerStart {
  readonly started: number
  readonly waitedBefore: number
  stop(ended: 'timeout' | 'waited', message: string): void
}

/** Starts the timer of the work, or of its waiting where it waits, and changes between them; returns how to end it. */
function startTimers(
  { timeoutMs, maxWaitMs = 0, waits, clock }: Deadline,
  { started, waitedBefore, stop }: TimerStart,
): () => void {
  let stopTimer = (): void => {}
  const start = (): void => {
    stopTimer()
    stopTimer = () => {}
    const waitedMs = (waits?.stoppedMs ?? 0) - waitedBefore
    if (waits?.stopped === true) {
      if (maxWaitMs <= 0) return
      stopTimer = clock.after(Math.max(0, maxWaitMs - waitedMs), () => stop('waited', `waited over ${maxWaitMs} ms`))
    } else if (timeoutMs > 0) {
      const usedMs = clock.now() - started - waitedMs
      stopTimer = clock.after(Math.max(0, timeoutMs - usedMs), () => stop('timeout', `over ${timeoutMs} ms`))
    }
  }
  start()
  const stopListening = waits?.onChange(start)
  return () => {
    stopTimer()
    stopListening?.()
  }
}

/** To a tenth of a ms. */
function round(ms: number): number {
  return Math.round(ms * 10) / 10
}

function isPromise<Result>(value: Result | Promise<Result>): value is Promise<Result> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
