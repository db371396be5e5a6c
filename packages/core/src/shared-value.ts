import { AsyncLocalStorage } from 'node:async_hooks'

/** A value that all installed copies of the package share in this thread: an app may bring its own. */
export function sharedValue<Value>(name: string, create: () => Value): Value {
  const key = Symbol.for(`@evals/core/${name}`)
  const shared = globalThis as { [key]?: Value }
  return (shared[key] ??= create())
}

/** What is known in one asynchronous context, to all installed copies of the package. */
export function sharedStorage<Value>(name: string): AsyncLocalStorage<Value> {
  return sharedValue(name, () => new AsyncLocalStorage())
}
