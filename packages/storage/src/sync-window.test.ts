import { ManualClock } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { SyncWindow, syncWindowMs } from './sync-window.ts'

test('all that is written within the window is synced at once, at its end', async () => {
  const clock = new ManualClock()
  let syncs = 0
  const window = new SyncWindow(async () => void (syncs += 1), clock)
  for (let write = 0; write < 10; write += 1) {
    window.open()
    clock.advance(syncWindowMs / 20)
  }
  expect(syncs).toBe(0)
  clock.advance(syncWindowMs / 2)
  expect(syncs).toBe(1)
  clock.advance(10 * syncWindowMs)
  expect(syncs).toBe(1)
  window.open()
  clock.advance(syncWindowMs)
  expect(syncs).toBe(2)
})

test('closing syncs what waits, now', async () => {
  const clock = new ManualClock()
  let syncs = 0
  const window = new SyncWindow(async () => void (syncs += 1), clock)
  window.open()
  await window.close()
  expect([syncs, clock.waiting]).toEqual([1, 0])
})

test('after a failure nothing more is written, and closing tells of it', async () => {
  const clock = new ManualClock()
  const failure = new Error('EIO')
  const window = new SyncWindow(() => Promise.reject(failure), clock)
  window.open()
  clock.advance(syncWindowMs)
  await Promise.resolve()
  expect(() => window.open()).toThrow(failure)
  await expect(window.close()).rejects.toBe(failure)
})
