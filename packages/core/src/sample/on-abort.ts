const callbacks = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls back once when `signal` aborts; the returned function takes that back. Thousands of samples listen to one signal
 * one after the other, and a listener of their own each would cost more than the rest of their scheduling.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let waiting = callbacks.get(signal)
  if (waiting === undefined) {
    const added = new Set<() => void>()
    signal.addEventListener('abort', () => [...added].forEach((call) => call()), { once: true })
    callbacks.set(signal, (waiting = added))
  }
  const added = waiting.add(callback)
  return () => void added.delete(callback)
}
