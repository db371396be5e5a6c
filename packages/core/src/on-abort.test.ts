import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { onAbort } from './on-abort.ts'

test('calls every one who waits, once, and nobody who does not wait any more', () => {
  const controller = new AbortController()
  const called: string[] = []
  onAbort(controller.signal, () => called.push('a'))
  const stop = onAbort(controller.signal, () => called.push('b'))
  onAbort(controller.signal, () => called.push('c'))
  stop()
  controller.abort()
  controller.abort()
  expect(called).toEqual(['a', 'c'])
})

test('a signal that nobody waits for any more has no listener, and can be waited for again', () => {
  const controller = new AbortController()
  const stops = [1, 2].map(() => onAbort(controller.signal, () => {}))
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
  for (const stop of stops) stop()
  expect(getEventListeners(controller.signal, 'abort')).toEqual([])
  let called = 0
  onAbort(controller.signal, () => (called += 1))
  // What was taken back before takes nothing else back.
  stops[0]!()
  controller.abort()
  expect(called).toBe(1)
})
