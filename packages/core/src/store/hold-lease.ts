import type { Clock } from '../clock.ts'
import { systemClock } from '../clock.ts'
import { EvalsError } from '../errors.ts'
import { leaseWindowMs } from './lease-holder.ts'
import type { ExperimentLease } from './experiment-store.ts'

/** How often a holder shows that it is alive. */
export const heartbeatMs: number = leaseWindowMs / 6

/** What a store does for a lease it has given. */
export interface LeaseUpkeep {
  readonly experiment: string
  /** Shows that the holder is alive; false if the lease is somebody else's now. An error counts as a missed beat. */
  beat(): boolean
  /** Gives the lease back if it is still this holder's. */
  release(): void
  readonly clock?: Clock
}

/** The lease a store hands out: kept alive by a heartbeat until it is released or lost. */
export function holdLease({ experiment, beat, release, clock = backgroundClock }: LeaseUpkeep): ExperimentLease {
  const lost = new AbortController()
  let cancel = (): void => {}
  let released = false
  const keep = (): void => {
    cancel = clock.after(heartbeatMs, () => {
      if (isKept(beat)) keep()
      else lost.abort(leaseLost(experiment))
    })
  }
  keep()
  return {
    lost: lost.signal,
    async release() {
      if (released) return
      released = true
      cancel()
      if (!lost.signal.aborted) release()
    },
  }
}

function isKept(beat: () => boolean): boolean {
  try {
    return beat()
  } catch {
    // A full disk or a network that is away for a moment takes the lease from nobody; the window is six beats long.
    return true
  }
}

/** A heartbeat must not keep a process alive whose work is done. */
const backgroundClock: Clock = {
  ...systemClock,
  after(ms, callback) {
    const timer = setTimeout(callback, ms).unref()
    return () => clearTimeout(timer)
  },
}

function leaseLost(experiment: string): EvalsError {
  return new EvalsError(
    'EVALS_EXPERIMENT_LEASE_LOST',
    `Another process has taken over the experiment "${experiment}", because this one had not shown for ${leaseWindowMs / 1000} s that it is alive. What is recorded is kept; wait until the other ends, then run again.`,
    { details: { experiment } },
  )
}
