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
