import { createTransport } from './create-transport.ts'

let transport: Promise<typeof fetch> | undefined

/**
 * The `fetch` that all models of this package send with, for `generate` of a model made with `defineModel`, and for
 * vendors' SDKs with their own retries off. What it sees (status, headers, first byte) decides whether an attempt is made
 * again, and when: with another `fetch` a 429 is an error like any. Its connections are shared by all models; aborting
 * the signal closes the connection. What calls a model as a whole, such as an application, takes `fetch` instead.
 */
export const transportFetch: typeof fetch = async (input, init) => {
  return (await loadTransport())(input, init)
}

/** Loads the code behind {@link transportFetch} ahead of its first use. */
export function loadTransport(): Promise<typeof fetch> {
  return (transport ??= createTransport())
}
