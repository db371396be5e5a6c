import { systemClock, type Clock, type ModelCompute, type SetupContext } from '@evals/core'
import { Guardian } from './guardian.ts'
import type { LocalServerSpec } from './local-server-spec.ts'
import { RunningServer } from './running-server.ts'
import { planServers } from './server-plan.ts'

/**
 * Starts the servers of a spec and waits until all are ready.
 * @throws EvalsError `EVALS_OPTION_INVALID`, `EVALS_PROVIDER_FAILED`; the signal's reason when it aborts
 */
export async function setUpServers(
  spec: LocalServerSpec,
  { signal, log, clock = systemClock }: SetupContext & { readonly clock?: Clock },
): Promise<ModelCompute> {
  const plans = await planServers(spec)
  signal.throwIfAborted()
  const guardian = new Guardian({ graceMs: spec.graceMs ?? 10_000 })
  const stopAll = async (servers: readonly RunningServer[]): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()))
    guardian.close()
  }
  const failed = new AbortController()
  const eitherSignal = AbortSignal.any([signal, failed.signal])
  const started = await Promise.allSettled(
    plans.map(async (plan) => {
      try {
        return await RunningServer.start(plan, { signal: eitherSignal, log, clock, guardian })
      } catch (error) {
        failed.abort(error)
        throw error
      }
    }),
  )
  const servers = started.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  if (failed.signal.aborted) {
    await stopAll(servers)
    throw failed.signal.reason as Error
  }
  const basePath = spec.basePath ?? (spec.api === 'ollama' ? '' : '/v1')
  const endpoints = servers.map(({ url }) => ({ baseURL: url + basePath, modelId: spec.modelId }))
  return { endpoints, dispose: () => stopAll(servers) }
}
