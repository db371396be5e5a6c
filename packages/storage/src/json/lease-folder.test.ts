import { mkdtempSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { heartbeatMs, leaseWindowMs, thisProcess } from '@evals/core'
import { ManualClock } from '@evals/core/testing'
import { afterAll, expect, test } from 'vitest'
import { JsonStore } from './json-store.ts'

const parent = mkdtempSync(join(tmpdir(), 'lease-folder-'))
afterAll(() => rm(parent, { recursive: true }))

let folders = 0
function open() {
  const folder = join(parent, `${++folders}`)
  const clock = new ManualClock()
  const stores = ['1', '2'].map((writer) => new JsonStore({ folder, writer, clock })) as [JsonStore, JsonStore]
  return { stores, clock, path: join(folder, 'experiments', 'exp', 'lease') }
}

const elsewhere = { ...thisProcess(), host: 'elsewhere', pidSpace: 'elsewhere' }
const inUse = { code: 'EVALS_EXPERIMENT_IN_USE' }

async function silentFor(path: string, ms: number): Promise<void> {
  const seconds = (Date.now() - ms) / 1000
  await utimes(join(path, '1', 'holder.json'), seconds, seconds)
}

test('a holder on another host is succeeded after it was silent for a minute, and learns that it lost', async () => {
  const { stores, clock, path } = open()
  const [one, two] = stores
  const lease = await one.lease('exp', elsewhere)
  await silentFor(path, leaseWindowMs - 5000)
  await expect(two.lease('exp')).rejects.toMatchObject(inUse)
  await silentFor(path, leaseWindowMs + 5000)
  clock.advance(heartbeatMs)
  await expect(two.lease('exp')).rejects.toMatchObject(inUse)
  await silentFor(path, leaseWindowMs + 5000)
  const next = await two.lease('exp')
  expect(lease.lost.aborted).toBe(false)
  clock.advance(heartbeatMs)
  expect(lease.lost.reason).toMatchObject({ code: 'EVALS_EXPERIMENT_LEASE_LOST', details: { experiment: 'exp' } })
  await lease.release()
  await expect(one.lease('exp')).rejects.toMatchObject(inUse)
  await next.release()
})

test('a living holder of this host may be silent: it can be stopped, or the machine asleep', async () => {
  const { stores, path } = open()
  const lease = await stores[0].lease('exp')
  await silentFor(path, 24 * 3_600_000)
  await expect(stores[1].lease('exp')).rejects.toMatchObject(inUse)
  await lease.release()
})

test('a lease whose folder was removed is lost', async () => {
  const { stores, clock, path } = open()
  const lease = await stores[0].lease('exp')
  await rm(path, { recursive: true })
  clock.advance(heartbeatMs)
  expect(lease.lost.aborted).toBe(true)
  await lease.release()
})

test('only the newest number is kept, and what is left when it is given back is an empty file', async () => {
  const { stores, clock, path } = open()
  for (const number of ['1', '2', '3']) {
    const lease = await stores[0].lease('exp')
    expect(await readdir(path)).toEqual([number])
    await lease.release()
    expect(await readFile(join(path, number, 'holder.json'), 'utf8')).toBe('')
  }
  expect(clock.waiting).toBe(0)
})

test('what a killed or foreign process left in the folder holds nobody up', async () => {
  const { stores, path } = open()
  await mkdir(join(path, '.next.0123'), { recursive: true })
  await mkdir(join(path, '7'))
  await writeFile(join(path, '7', 'holder.json'), '\0'.repeat(100))
  await mkdir(join(path, '8'))
  const lease = await stores[0].lease('exp')
  expect(await readdir(path)).toEqual(['9'])
  await lease.release()
})

test('a heartbeat that fails is a missed one; the lease stays', async () => {
  const { stores, clock, path } = open()
  const lease = await stores[0].lease('exp')
  await rm(join(path, '1', 'holder.json'))
  clock.advance(heartbeatMs)
  expect(lease.lost.aborted).toBe(false)
  await writeFile(join(path, '1', 'holder.json'), '')
  clock.advance(heartbeatMs)
  expect(await readFile(join(path, '1', 'holder.json'), 'utf8')).toContain(`"pid":${process.pid}`)
  await lease.release()
})
