import { expect, test } from 'vitest'
import { LogTail } from './log-tail.ts'

test('lines are whole, whatever the pieces they come in; streams do not mix', () => {
  const log = new LogTail()
  const [out, err] = [log.addStream(), log.addStream()]
  out('loading ')
  err('warn')
  out('weights\nready\r\n\n')
  err('ing: slow\n')
  out('unfinished')
  expect(log.lines).toEqual(['loading weights', 'ready', 'warning: slow'])
  out('')
  err('')
  expect(log.lines).toEqual(['loading weights', 'ready', 'warning: slow', 'unfinished'])
})

test('the last 50 lines are kept, long ones cut, colours left out', () => {
  const log = new LogTail()
  const take = log.addStream()
  for (let line = 1; line <= 60; line += 1) take(`line ${line}\n`)
  expect(log.lines).toHaveLength(50)
  expect([log.lines[0], log.lines.at(-1)]).toEqual(['line 11', 'line 60'])
  take(`${'x'.repeat(1000)}\n\u001B[31mred\u001B[39m\n`)
  expect(log.lines.slice(-2)).toEqual([`${'x'.repeat(400)}…`, 'red'])
  // Without any end of line the memory must not grow.
  for (let piece = 0; piece < 10; piece += 1) take('y'.repeat(1000))
  take('')
  expect(log.lines.at(-1)).toBe('y'.repeat(400))
})

test('each state of a progress bar is a line', () => {
  const log = new LogTail()
  const take = log.addStream()
  take('10 %\r20 %\r')
  take('30 %\r')
  take('\ndone\n')
  expect(log.lines).toEqual(['10 %', '20 %', '30 %', 'done'])
})
