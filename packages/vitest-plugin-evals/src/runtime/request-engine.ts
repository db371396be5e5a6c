import { createCallCache, patient, useModelRoles, useRequestEngine } from '@evals/core'
import { openCache } from '@evals/storage'
import { ChannelLeases } from '../channel/worker/channel-leases.ts'
import { ChannelLimiter } from '../channel/worker/channel-limiter.ts'
import type { ChannelClient } from '../channel/worker/channel-client.ts'
import type { ActiveRun, RunContext } from '../protocol.ts'

/** Sends the model calls of this worker on the path they share with all others: the main process's limiter, one cache. */
export async function openRequestEngine(
  { overrides, defaults, root }: RunContext,
  { run, main }: { readonly run: ActiveRun; readonly main: ChannelClient },
): Promise<void> {
  useModelRoles(overrides.models ?? defaults.models ?? {})
  const limiter = new ChannelLimiter(main)
  const maxWaitMs = overrides.maxWait ?? defaults.maxWait ?? patient.maxWaitMs
  const retry = { ...patient, maxWaitMs: maxWaitMs === 0 ? Number.POSITIVE_INFINITY : maxWaitMs }
  const mode = overrides.cache ?? defaults.cache ?? 'off'
  if (mode === 'off') {
    useRequestEngine({ limiter, retry })
    return
  }
  const store = await openCache(run.storage, { root })
  useRequestEngine({ limiter, retry, cache: createCallCache({ store, mode, leases: new ChannelLeases(main) }) })
}
