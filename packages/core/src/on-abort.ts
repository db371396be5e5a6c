interface Listening {
  readonly callbacks: Set<() => void>
  readonly listener: () => void
}

const signals = new WeakMap<AbortSignal, Listening>()

/**
 * Calls back once when `signal` aborts; the returned function takes that back. Thousands of samples listen to one signal,
 * and a listener of their own each would cost more than the rest of their scheduling.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, listener } = signals.get(signal) ?? listen(signal)
  callbacks.add(callback)
  return () => {
    callbacks.delete(callback)
    if (callbacks.size > 0 || signals.get(signal)?.listener !== listener) return
    // Node keeps a signal made of others in memory for as long as it has a listener.
    signals.delete(signal)
    signal.removeEventListener('abort', listener)
  }
}

function listen(signal: AbortSignal): Listening {
  const callbacks = new Set<() => void>()
  const listener = (): void => [...callbacks].forEach((call) => call())
  signal.addEventListener('abort', listener, { once: true })
  const listening = { callbacks, listener }
  signals.set(signal, listening)
  return listening
}
