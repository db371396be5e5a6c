import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'

test.for([Number.POSITIVE_INFINITY, 30 * 24 * 3_600_000])('%d ms are not over at once', async (ms) => {
  let called = false
  const cancel = systemClock.after(ms, () => (called = true))
  await setTimeout(20)
  cancel()
  expect(called).toBe(false)
})
