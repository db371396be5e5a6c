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
const shared = globalThis as { [key]?: PartialEngine }

type PartialEngine = Omit<RequestEngine, 'limiter'> & { limiter?: Limiter }

/**
 * Makes all model calls of this thread go through `engine`. The plugin calls it before a run; a script or a service may
 * call it once, before its first call.
 * @param engine what is left out has its default: a limiter of this thread's own, no cache, the policy `patient`
 * @example useRequestEngine({ retry: interactive }) // a person waits: fail at once instead of trying again
 */
export function useRequestEngine(engine: Partial<RequestEngine>): void {
  shared[key] = { ...defaults, ...engine }
}

/** The engine of this thread. */
export async function requestEngine(): Promise<RequestEngine> {
  const engine = (shared[key] ??= { ...defaults })
  if (isComplete(engine)) return engine
  const { AdaptiveLimiter } = await import('../limiter/adaptive-limiter.ts')
  // Another call may have been first.
  engine.limiter ??= new AdaptiveLimiter({ clock: engine.clock })
  return engine as RequestEngine
}

function isComplete(engine: PartialEngine): engine is RequestEngine {
  return engine.limiter !== undefined
}

const defaults = { retry: patient, clock: systemClock, random: () => Math.random() }
