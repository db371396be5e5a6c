import { deepEqual, rejects } from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import type { Leases } from '../cache/leases.ts'
import type { ContractCase } from './experiment-store-contract.ts'

/** Opens what shares its leases with all that were opened before, as another worker would. */
export type OpenLeases = () => Promise<Leases>

/** What a case is given. */
interface Bench {
  open: OpenLeases
  /** Waits until all that can go on has gone on. */
  settle: () => Promise<void>
}

/**
 * What every {@link Leases} must do. The cases may share one place: each uses a key of its own.
 * @param settle waits until all messages have arrived; default: a few turns of the event loop
 * @example test.for(leasesContract(open))('$name', ({ run }) => run())
 */
export function leasesContract(open: OpenLeases, settle: () => Promise<void> = someTurns): ContractCase[] {
  return Object.entries(cases).map(([name, check]) => ({
    name,
    run: () => check({ open, settle }, `contract: ${name}`),
  }))
}

const never = new AbortController().signal

const cases: Readonly<Record<string, (bench: Bench, key: string) => Promise<void>>> = {
  async 'a key nobody holds is given at once, also again'({ open }, key) {
    const leases = await open()
    for (let round = 0; round < 3; round += 1) (await leases.acquire(key, { signal: never }))()
  },

  async 'who asks for a held key waits, and all get it in their order'({ open, settle }, key) {
    const [one, two] = [await open(), await open()]
    const holders: string[] = []
    const release = await one.acquire(key, { signal: never })
    const acquired = [two, one, two].map(async (leases, index) => {
      const releaseNext = await leases.acquire(key, { signal: never })
      holders.push(`${index} takes`)
      await settle()
      holders.push(`${index} gives`)
      releaseNext()
    })
    await settle()
    deepEqual(holders, [])
    release()
    await Promise.all(acquired)
    deepEqual(holders, ['0 takes', '0 gives', '1 takes', '1 gives', '2 takes', '2 gives'])
  },

  async 'one key does not hold up another'({ open }, key) {
    const leases = await open()
    const release = await leases.acquire(key, { signal: never })
    const releaseOther = await (await open()).acquire(`${key}, another`, { signal: never })
    releaseOther()
    release()
  },

  async 'who aborts while waiting gets no lease, and the next does'({ open, settle }, key) {
    const leases = await open()
    const controller = new AbortController()
    const release = await leases.acquire(key, { signal: never })
    const left = leases.acquire(key, { signal: controller.signal })
    const next = (await open()).acquire(key, { signal: never })
    await settle()
    const reason = new Error('left')
    controller.abort(reason)
    await rejects(left, reason)
    release()
    ;(await next)()
  },

  async 'a signal that is aborted already holds nothing'({ open }, key) {
    const leases = await open()
    const reason = new Error('left before')
    await rejects(leases.acquire(key, { signal: AbortSignal.abort(reason) }), reason)
    const release = await leases.acquire(key, { signal: never })
    release()
  },

  async 'an abort after the lease was given takes nothing back'({ open, settle }, key) {
    const leases = await open()
    const controller = new AbortController()
    const first = await leases.acquire(key, { signal: never })
    const acquired = leases.acquire(key, { signal: controller.signal })
    await settle()
    first()
    const release = await acquired
    controller.abort(new Error('too late'))
    const next = leases.acquire(key, { signal: never })
    let given = false
    void next.then(() => (given = true))
    await settle()
    deepEqual(given, false)
    release()
    ;(await next)()
  },
}

async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate()
}
