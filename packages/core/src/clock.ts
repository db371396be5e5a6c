/** Time as the engine sees it; injected so that no test has to wait. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number
  /** The wall clock. */
  date(): Date
  /** Calls back once after `ms`, or earlier, where that is weeks; the returned function cancels. */
  after(ms: number, callback: () => void): () => void
}

/** Node's timers call back at once where they are asked for more ms. */
export const longestTimerMs: number = 2 ** 31 - 1

/** The real clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, longestTimerMs))
    return () => clearTimeout(timer)
  },
}
