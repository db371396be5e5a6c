import { expect, test } from 'vitest'
import { foldCase } from './fold-case.ts'

test.for([
  ['Straße', 'STRASSE'],
  ['ΟΔΟΣ', 'οδος'],
  ['ſ', 's'],
  ['\u212A', 'k'],
  ['İ', 'i\u0307'],
] as const)('%s and %s are the same', ([a, b]) => {
  expect(foldCase(a)).toBe(foldCase(b))
})

test('is the same for both cases of every code point, and stable', () => {
  const unstable: string[] = []
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code)
    const folded = foldCase(character)
    const others = [character.toLowerCase(), character.toUpperCase(), folded]
    if (others.some((other) => foldCase(other) !== folded)) unstable.push(`U+${code.toString(16)}`)
  }
  expect(unstable).toEqual([])
})
