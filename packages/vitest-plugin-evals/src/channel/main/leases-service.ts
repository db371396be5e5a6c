import type { Leases } from '@evals/core'
import type { ChannelService } from './channel-server.ts'
import { HeldByWorkers } from './held-by-workers.ts'

/** Lets workers hold keys in the main process, so that all of them respect each other's. */
export function leasesService(leases: Leases): ChannelService {
  const held = new HeldByWorkers<() => void>()
  return {
    handlers: {
      async lease(key: string, { signal, worker }): Promise<number> {
        return held.add(await leases.acquire(key, { signal }), worker)
      },
      unlease(lease: number) {
        held.take(lease)?.()
      },
    },
    workerGone(worker) {
      for (const release of held.takeAll(worker)) release()
    },
  }
}
