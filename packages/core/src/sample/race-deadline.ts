import type { Clock } from '../clock.ts'
import { onAbort } from './on-abort.ts'

/** How raced work ended. */
export type RaceEnd<Result> =
  | { readonly ended: 'returned'; readonly value: Result }
  | { readonly ended: 'threw'; readonly error: unknown }
  | { readonly ended: 'timeout' }
  | { readonly ended: 'cancelled' }

/** How raced work ended, and after how many ms. */
export type RaceResult<Result> = RaceEnd<Result> & { readonly durationMs: number }

/** Bounds of raced work. */
export interface Deadline {
  /** 0 or less: no limit. */
  readonly timeoutMs: number
  /** Cancels the work from outside. */
  readonly signal: AbortSignal
  /** Told to abort when time is up, so that work which listens stops. */
  readonly controller: Pick<AbortController, 'abort'>
  readonly clock: Clock
}

/** Waits for `work`, but no longer than its deadline; what work that ignores its signal does later is dropped. */
export function raceDeadline<Result>(
  work: () => Result | Promise<Result>,
  { timeoutMs, signal, controller, clock }: Deadline,
): Promise<RaceResult<Result>> {
  return new Promise((resolve) => {
    const started = clock.now()
    const end = (result: RaceEnd<Result>): void => {
      release()
      // A promise takes only its first answer, and so drops late ones.
      resolve({ ...result, durationMs: Math.round((clock.now() - started) * 10) / 10 })
    }
    const cancel = (): void => {
      controller.abort(signal.reason)
      end({ ended: 'cancelled' })
    }
    const stopTimer =
      timeoutMs > 0
        ? clock.after(timeoutMs, () => {
            controller.abort(new DOMException(`over ${timeoutMs} ms`, 'TimeoutError'))
            end({ ended: 'timeout' })
          })
        : () => {}
    let release = stopTimer
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
        stopTimer()
        stopListening()
      }
    } catch (error) {
      fail(error)
    }
  })
}

function isPromise<Result>(value: Result | Promise<Result>): value is Promise<Result> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
