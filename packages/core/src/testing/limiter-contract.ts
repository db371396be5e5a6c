import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import type { CallOutcome, Limiter, Slot, SlotRequest } from '../limiter/limiter.ts'
import type { ContractCase } from './experiment-store-contract.ts'

/** Opens a limiter that lets at most `connections` calls of a key be in flight; `close` is called after each case. */
export type OpenLimiter = (connections: number) => Promise<{ limiter: Limiter; close(): void | Promise<void> }>

/**
 * What every {@link Limiter} must do, in whatever process it decides.
 * @example test.for(limiterContract(open))('$name', ({ run }) => run())
 */
export function limiterContract(open: OpenLimiter): ContractCase[] {
  return Object.entries(cases).map(([name, { connections, check }]) => ({
    name,
    async run() {
      const { limiter, close } = await open(connections)
      try {
        await check(limiter)
      } finally {
        await close()
      }
    },
  }))
}

const answered: CallOutcome = { result: 'answered', durationMs: 1 }
const request: SlotRequest = { estimate: { inputTokens: 1 } }

const cases: Readonly<Record<string, { connections: number; check: (limiter: Limiter) => Promise<void> }>> = {
  'there are never more calls in flight than allowed, and each has its turn': {
    connections: 4,
    async check(limiter) {
      let inFlight = 0
      let most = 0
      let done = 0
      const call = async (): Promise<void> => {
        const slot = await limiter.acquire('key', request)
        inFlight += 1
        most = Math.max(most, inFlight)
        await setImmediate()
        inFlight -= 1
        done += 1
        slot.release(answered)
      }
      await Promise.all(Array.from({ length: 200 }, call))
      equal(done, 200)
      equal(most, 4)
    },
  },

  'a slot that is given back goes to the next; what waits has none': {
    connections: 1,
    async check(limiter) {
      const first = await limiter.acquire('key', request)
      const order: string[] = []
      const second = limiter.acquire('key', request).then((slot) => {
        order.push('second')
        return slot
      })
      await pass()
      order.push('release')
      first.release(answered)
      release(await second)
      deepEqual(order, ['release', 'second'])
    },
  },

  'keys do not wait for each other': {
    connections: 1,
    async check(limiter) {
      const held = await limiter.acquire('one', request)
      release(await limiter.acquire('two', request))
      held.release(answered)
    },
  },

  'calls of samples that have begun go first, and groups take turns': {
    connections: 1,
    async check(limiter) {
      const held = await limiter.acquire('key', request)
      const order: string[] = []
      const waiting = [
        ['a1', { group: 'a' }],
        ['a2', { group: 'a' }],
        ['a3', { group: 'a' }],
        ['b1', { group: 'b' }],
        ['begun', { group: 'a', priority: 'begun' }],
      ].map(async ([name, options]) => {
        const slot = await limiter.acquire('key', { ...request, ...(options as Partial<SlotRequest>) })
        order.push(name as string)
        slot.release(answered)
      })
      await pass()
      held.release(answered)
      await Promise.all(waiting)
      deepEqual(order, ['begun', 'a1', 'b1', 'a2', 'a3'])
    },
  },

  'a call that is aborted while it waits fails with the reason and takes no slot': {
    connections: 1,
    async check(limiter) {
      const held = await limiter.acquire('key', request)
      const controller = new AbortController()
      const waiting = limiter.acquire('key', { ...request, signal: controller.signal })
      const next = limiter.acquire('key', request)
      await pass()
      controller.abort(new Error('no longer wanted'))
      await rejects(waiting, { message: 'no longer wanted' })
      held.release(answered)
      release(await next)
      await rejects(limiter.acquire('key', { ...request, signal: AbortSignal.abort(new Error('too late')) }), {
        message: 'too late',
      })
    },
  },

  'a call that waits over its deadline fails, and says so': {
    connections: 1,
    async check(limiter) {
      const held = await limiter.acquire('key', request)
      await rejects(limiter.acquire('key', { ...request, deadlineMs: 20 }), { code: 'EVALS_LIMITER_DEADLINE' })
      held.release(answered)
      release(await limiter.acquire('key', { ...request, deadlineMs: 1000 }))
    },
  },

  'a limit that an answer names is kept before the server has to refuse': {
    connections: 10,
    async check(limiter) {
      const first = await limiter.acquire('key', request)
      first.release({ ...answered, limits: { requests: { remaining: 0, resetMs: 60 } } })
      const startedAt = performance.now()
      release(await limiter.acquire('key', request))
      ok(performance.now() - startedAt > 40, 'it waited until the limit was whole again')
    },
  },
}

/** Lets what is under way between threads come through. */
async function pass(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate()
}

function release(slot: Slot): void {
  slot.release(answered)
}
