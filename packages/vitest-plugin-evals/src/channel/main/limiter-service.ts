import type { Limiter, Slot } from '@evals/core'
import type { AcquireMessage, HeldSlot, ReleaseMessage } from '../limiter-messages.ts'
import type { ChannelService } from './channel-server.ts'
import { HeldByWorkers } from './held-by-workers.ts'

/** Lets workers use the main process's limiter, so that all of them share one. */
export function limiterService(limiter: () => Limiter | Promise<Limiter>): ChannelService {
  const slots = new HeldByWorkers<Slot>()
  return {
    handlers: {
      async acquire({ key, request }: AcquireMessage, { signal, worker }): Promise<HeldSlot> {
        const slot = await (await limiter()).acquire(key, { ...request, signal })
        return { slot: slots.add(slot, worker), probe: slot.probe === true }
      },
      release({ slot, outcome }: ReleaseMessage) {
        slots.take(slot)?.release(outcome)
      },
    },
    workerGone(worker) {
      for (const slot of slots.takeAll(worker)) slot.release({ result: 'aborted', durationMs: 0 })
    },
  }
}
