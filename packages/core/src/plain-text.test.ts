import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'

test('only line breaks and tabs are left of control characters', () => {
  expect(plainText('a\tb\n\u001B[2Jc\u001B]0;title\u0007\r\u0000\u0085d')).toBe('a\tb\ncd')
})
