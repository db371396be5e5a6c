import { expect, test } from 'vitest'
import { LateAbortController } from './late-abort-controller.ts'

test('a signal that was read aborts with the reason', () => {
  const controller = new LateAbortController()
  const { signal } = controller
  expect(signal.aborted).toBe(false)
  controller.abort('stop')
  expect(signal.reason).toBe('stop')
  expect(controller.signal).toBe(signal)
})

test('a signal read after the abort is aborted, with the first reason', () => {
  const controller = new LateAbortController()
  controller.abort('first')
  controller.abort('second')
  expect([controller.signal.aborted, controller.signal.reason]).toEqual([true, 'first'])
})
