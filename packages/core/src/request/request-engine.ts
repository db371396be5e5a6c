import { systemClock, type Clock } from '../clock.ts'
import type { Limiter } from '../limiter/limiter.ts'
import type { CallCache } from './call-cache.ts'
import { patient, type RetryPolicy } from './retry-policy.ts'

/** What all model calls of this thread go through. */
export interface RequestEngine {
  readonly limiter: Limiter
  /** Absent: nothing is cached. */
  readonly cache?: CallCache
  readonly retry: RetryPolicy
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
}

// Several installed copies of the package must still share one engine.
const key = Symbol.for('@evals/core/request-engine')
const shared = globalThis as { [key]?: RequestEngine }

/** Makes all model calls of this thread go through `engine`; the plugin and `evaluate` call it before a run. */
export function useRequestEngine(engine: Partial<RequestEngine> & Pick<RequestEngine, 'limiter'>): void {
  shared[key] = { ...defaults, ...engine }
}

/** The engine of this thread; without a run, one with a limiter of its own. */
export async function requestEngine(): Promise<RequestEngine> {
  if (shared[key] !== undefined) return shared[key]
  const { AdaptiveLimiter } = await import('../limiter/adaptive-limiter.ts')
  return (shared[key] ??= { ...defaults, limiter: new AdaptiveLimiter({ clock: systemClock }) })
}

const defaults = { retry: patient, clock: systemClock, random: () => Math.random() }
