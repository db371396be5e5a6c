import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparableText, diffText } from './diff-text.ts'

test('words that differ are told apart', () => {
  expect(diffText('the brown fox', 'the red fox')).toEqual([
    { side: 'both', text: 'the ' },
    { side: 'expected', text: 'brown' },
    { side: 'output', text: 'red' },
    { side: 'both', text: ' fox' },
  ])
  expect(diffText('x'.repeat(20_000), 'y')).toBeUndefined()
  expect(comparableText({ a: 1 })).toBe('{\n  "a": 1\n}')
})

test('property: each side is the whole of its text', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (expected, output) => {
      const pieces = diffText(expected, output) ?? []
      const textOf = (side: string): string =>
        pieces.flatMap((piece) => (piece.side === side || piece.side === 'both' ? [piece.text] : [])).join('')
      expect([textOf('expected'), textOf('output')]).toEqual([expected, output])
    }),
  )
})
