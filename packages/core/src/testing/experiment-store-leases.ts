import { deepEqual, equal, rejects } from 'node:assert/strict'
import { thisProcess } from '../store/lease-holder.ts'
import type { StoreCase } from './experiment-store-contract.ts'
import { makeDocument, makeEntry } from './make-entry.ts'
import { idsOf, namesOf } from './stored-facts.ts'

const inUse = { code: 'EVALS_EXPERIMENT_IN_USE' } as const

/** Cases about who may write to an experiment. */
export const leaseCases: Readonly<Record<string, StoreCase>> = {
  async 'an experiment is leased once; the refusal names the holder'(open, experiment) {
    const [one, two] = [await open('1'), await open('2')]
    const since = '2026-01-02T03:04:05.678Z'
    const lease = await one.lease(experiment, { ...thisProcess(), host: 'build-7', since })
    for (const store of [one, two]) {
      await rejects(store.lease(experiment), (error: Error & { code?: string; details?: unknown }) => {
        equal(error.code, 'EVALS_EXPERIMENT_IN_USE')
        deepEqual(error.details, { experiment, host: 'build-7', pid: process.pid, since })
        return ['build-7', String(process.pid), since].every((fact) => error.message.includes(fact))
      })
    }
    equal(lease.lost.aborted, false)
    await (await two.lease(`${experiment}, another`)).release()
    await lease.release()
  },

  async 'a released lease is free for the next, and releasing again takes it from nobody'(open, experiment) {
    const [one, two] = [await open('1'), await open('2')]
    for (let round = 0; round < 3; round += 1) {
      const first = await one.lease(experiment)
      await first.release()
      const second = await two.lease(experiment)
      await first.release()
      await rejects(one.lease(experiment), inUse)
      await second.release()
    }
  },

  async 'a lease makes no experiment, and reading and appending need none'(open, experiment) {
    const [one, two] = [await open('1'), await open('2')]
    const lease = await one.lease(experiment)
    equal(await two.readDocument(experiment), undefined)
    deepEqual([await idsOf(two, experiment), (await namesOf(two)).includes(experiment)], [[], false])
    await two.append(experiment, makeEntry({ id: 'a' }))
    await one.writeDocument(makeDocument(experiment))
    deepEqual(await idsOf(two, experiment), ['a'])
    await lease.release()
  },

  async 'a leased experiment is neither deleted nor renamed'(open, experiment) {
    const [one, two] = [await open('1'), await open('2')]
    await one.append(experiment, makeEntry({ id: 'a' }))
    const lease = await one.lease(experiment)
    for (const store of [one, two]) {
      await rejects(store.delete(experiment), inUse)
      await rejects(store.rename(experiment, `${experiment}, renamed`), inUse)
    }
    deepEqual(await idsOf(two, experiment), ['a'])
    await lease.release()
    await two.rename(experiment, `${experiment}, renamed`)
    await (await one.lease(`${experiment}, renamed`)).release()
    await one.delete(`${experiment}, renamed`)
    deepEqual(await idsOf(two, `${experiment}, renamed`), [])
  },

  async 'no experiment gets a name that somebody holds'(open, experiment) {
    const [one, two] = [await open('1'), await open('2')]
    const to = `${experiment}, renamed`
    await one.append(experiment, makeEntry({ id: 'a' }))
    const lease = await one.lease(to)
    for (const store of [one, two]) await rejects(store.rename(experiment, to), inUse)
    deepEqual(await idsOf(two, experiment), ['a'])
    await lease.release()
    await two.rename(experiment, to)
    deepEqual(await idsOf(one, to), ['a'])
  },
}
