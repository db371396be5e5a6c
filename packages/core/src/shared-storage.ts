import { AsyncLocalStorage } from 'node:async_hooks'

/** What is known in one asynchronous context, to all installed copies of the package: an app may bring its own. */
export function sharedStorage<Value>(name: string): AsyncLocalStorage<Value> {
  const key = Symbol.for(`@evals/core/${name}`)
  const shared = globalThis as { [key]?: AsyncLocalStorage<Value> }
  return (shared[key] ??= new AsyncLocalStorage())
}
