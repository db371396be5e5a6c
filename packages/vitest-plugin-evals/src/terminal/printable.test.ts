import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printable } from './printable.ts'

const red = '\u001B[31m'
const end = '\u001B[39m'

test.for([
  [`a\n\t${red}b${end}`, `a\n\t${red}b${end}`],
  ['\u001B[1m\u001B[2mbold\u001B[22m', '\u001B[1m\u001B[2mbold\u001B[22m'],
  ['\u001B[2J\u001B[1;1Hgone', 'gone'],
  ['\u001B]0;title\u0007x', 'x'],
  ['\u009B31mx', 'x'],
  ['\u001B[8mhidden', 'hidden'],
  ['over\rwritten\b\u0000', 'overwritten'],
  [`\u001B${red}[2J`, `${red}[2J`],
] as const)('%j becomes %j', ([text, expected]) => {
  expect(printable(text)).toBe(expected)
})

test('property: twice is once, and no control character is left but those of colours', () => {
  const part = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u001B', '\u001B[', red, end, '2J', ';', 'm'))
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const shown = printable(parts.join(''))
      expect(printable(shown)).toBe(shown)
      expect(shown.replaceAll(/\u001B\[\d+m/g, '')).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/)
    }),
  )
})
