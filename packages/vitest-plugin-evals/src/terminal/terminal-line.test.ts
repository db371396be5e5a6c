import { expect, test } from 'vitest'
import { makeOutput } from './output.test-support.ts'
import { TerminalLine } from './terminal-line.ts'

const erase = '\u001B[1G\u001B[2K'

test('is cut to the width of the terminal, one column short so that it never wraps', () => {
  const output = makeOutput({ isTty: true, columns: 10 })
  const line = new TerminalLine(output)
  line.show('0123456789')
  line.clear()
  expect(output.text()).toBe(`012345678${erase}`)
})

test('is erased once before anything else is printed, on either stream', () => {
  const output = makeOutput({ isTty: true })
  const line = new TerminalLine(output)
  const before = [process.stdout.write, process.stderr.write]
  line.show('progress')
  process.stdout.write('')
  process.stderr.write('')
  expect(output.text()).toBe(`progress${erase}`)
  line.show('more')
  expect(output.text()).toBe(`progress${erase}more`)
  line.clear()
  expect([process.stdout.write, process.stderr.write]).toEqual(before)
  line.clear()
  expect(output.text()).toBe(`progress${erase}more${erase}`)
})
