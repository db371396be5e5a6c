import type * as Undici from 'undici'

// Undici's first import also replaces the dispatcher behind Node's own fetch; the user's program must keep its own.
const builtInDispatcher = Symbol.for('undici.globalDispatcher.1')

/** Imports undici, at the first call, without any effect on Node's own `fetch`. */
export async function loadUndici(): Promise<typeof Undici> {
  const globals = globalThis as { [builtInDispatcher]?: unknown }
  // Node sets its dispatcher when any of its own classes is first used; later it would find undici's, and keep it.
  void new Headers()
  const before = globals[builtInDispatcher]
  const undici = await import('undici')
  globals[builtInDispatcher] = before
  return undici
}
