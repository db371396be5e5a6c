import { systemClock, type Clock } from '../clock.ts'
import type { LimiterChange } from '../limiter/limiter-change.ts'
import type { Limiter } from '../limiter/limiter.ts'
import { sharedStorage, sharedValue } from '../shared-value.ts'
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

type PartialEngine = Omit<RequestEngine, 'limiter'> & { limiter?: Limiter; listeners?: Set<LimiterListener> }

type LimiterListener = (change: LimiterChange) => void

const defaults = { retry: patient, clock: systemClock, random: () => Math.random() }
const ofThread = sharedValue('request-engine', (): { engine: PartialEngine } => ({ engine: { ...defaults } }))
const ofWork = sharedStorage<RequestEngine>('engine-of-work')

/**
 * Makes all model calls of this thread go through `engine`. The plugin calls it before a run; a script or a service may
 * call it once, before its first call.
 * @param engine what is left out has its default: a limiter of this thread's own, no cache, the policy `patient`
 * @example useRequestEngine({ retry: interactive }) // a person waits: fail at once instead of trying again
 */
export function useRequestEngine(engine: Partial<RequestEngine>): void {
  ofThread.engine = { ...defaults, ...engine }
}

/** Makes the model calls of `work`, and only those, go through `engine`. */
export function withRequestEngine<Result>(engine: RequestEngine, work: () => Result): Result {
  return ofWork.run(engine, work)
}

/**
 * Calls back on each change of what this thread's own limiter lets through; one that `useRequestEngine` was given tells
 * whoever made it. The returned function takes that back.
 */
export function onLimiterChange(listener: LimiterListener): () => void {
  const listeners = (ofThread.engine.listeners ??= new Set())
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The engine of this thread, or of the work that is going on. */
export async function requestEngine(): Promise<RequestEngine> {
  const own = ofWork.getStore()
  if (own !== undefined) return own
  const { engine } = ofThread
  if (isComplete(engine)) return engine
  const { AdaptiveLimiter } = await import('../limiter/adaptive-limiter.ts')
  // Another call may have been first.
  engine.limiter ??= new AdaptiveLimiter({
    clock: engine.clock,
    onChange: (change) => engine.listeners?.forEach((listener) => listener(change)),
  })
  return engine as RequestEngine
}

function isComplete(engine: PartialEngine): engine is RequestEngine {
  return engine.limiter !== undefined
}
