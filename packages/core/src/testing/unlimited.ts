import type { Limiter } from '../limiter/limiter.ts'

/** A limiter that lets every call start at once. */
export const unlimited: Limiter = {
  // oxlint-disable-next-line require-await -- the port answers later
  async acquire(_key, { signal }) {
    signal?.throwIfAborted()
    return { release: () => {} }
  },
}
