import { createTransport } from './create-transport.ts'

let transport: Promise<typeof fetch> | undefined

/**
 * The `fetch` that all models of this package send with, to be given to vendors' SDKs with their own retries off. Its
 * connections are shared by all of them; aborting the signal closes the connection.
 */
export const transportFetch: typeof fetch = async (input, init) => {
  return (await loadTransport())(input, init)
}

/** Loads the code behind {@link transportFetch} ahead of its first use. */
export function loadTransport(): Promise<typeof fetch> {
  return (transport ??= createTransport())
}
