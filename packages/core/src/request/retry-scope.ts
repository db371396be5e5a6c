import { sharedStorage } from '../shared-value.ts'
import type { RetryPolicy } from './retry-policy.ts'

/** How often calls are tried again after faults of some kinds, instead of what the engine's policy says. */
export type ScopedRetries = Partial<RetryPolicy['retries']>

const scopes = sharedStorage<ScopedRetries>('retries')

/** Runs `work` so that its model calls are retried as `retries` says: a pool has better to do than to wait for one endpoint. */
export function withRetries<Result>(retries: ScopedRetries, work: () => Result): Result {
  return scopes.run(retries, work)
}

/** The policy of a call that is made now. */
export function scopedPolicy(policy: RetryPolicy): RetryPolicy {
  const scoped = scopes.getStore()
  return scoped === undefined ? policy : { ...policy, retries: { ...policy.retries, ...scoped } }
}
