import {
  systemClock,
  useRequestEngine,
  type CallCache,
  type CallOutcome,
  type Clock,
  type SlotRequest,
} from '@evals/core'

/** What the limiter saw of one call. */
export interface SeenSlot {
  readonly key: string
  readonly request: SlotRequest
  outcome?: CallOutcome
}

/** Parts of the engine; without a clock it has the real one, without a cache none. */
export interface WatchOptions {
  readonly cache?: CallCache
  readonly clock?: Clock
}

/** Makes this thread's calls go through an engine that lets all of them start at once, and does not wait to retry. */
export function watchEngine({ cache, clock = systemClock }: WatchOptions = {}): readonly SeenSlot[] {
  const slots: SeenSlot[] = []
  useRequestEngine({
    clock,
    random: () => 0,
    ...(cache === undefined ? {} : { cache }),
    limiter: {
      // oxlint-disable-next-line require-await -- the port answers later
      async acquire(key, request) {
        const slot: SeenSlot = { key, request }
        slots.push(slot)
        return {
          release(outcome) {
            slot.outcome = outcome
          },
        }
      },
    },
  })
  return slots
}

/** A cache in memory, and what is in it. */
export function memoryCache(): CallCache & { readonly entries: ReadonlyMap<string, string> } {
  const entries = new Map<string, string>()
  return {
    entries,
    async answer({ identity }, { signal, make }) {
      const key = JSON.stringify(identity)
      const entry = entries.get(key)
      if (entry !== undefined) return { stored: JSON.parse(entry) as unknown, cached: true }
      const stored = await make(signal)
      if (stored !== undefined) entries.set(key, JSON.stringify(stored))
      return { stored, cached: false }
    },
  }
}
