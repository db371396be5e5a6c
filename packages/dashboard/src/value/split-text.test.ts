import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitText } from './split-text.ts'

test('cuts behind a line where one ends in the second half, else anywhere but inside a character', () => {
  expect(splitText('aaaa\nbb\ncccccccc', 6)).toEqual(['aaaa\n', 'bb\nccc', 'ccccc'])
  expect(splitText('aaa👍b', 4)).toEqual(['aaa👍', 'b'])
  expect(splitText('', 4)).toEqual([])
})

test('property: the pieces are the text, none much longer than wanted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 20 }), (text, size) => {
      const pieces = splitText(text, size)
      expect(pieces.join('')).toBe(text)
      expect(pieces.every((piece) => piece.length > 0 && piece.length <= size + 1)).toBe(true)
    }),
  )
})
