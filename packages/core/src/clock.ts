/** Time as the engine sees it; injected so that no test has to wait. */
export interface Clock {
  /** Monotonic milliseconds. */
  now(): number
  /** The wall clock. */
  date(): Date
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void
}

/** The real clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
