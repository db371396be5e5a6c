import { expect, test } from 'vitest'
import { visibleText } from './visible-text.ts'

test.each([
  ['plain ünïcode 漢字 👍\ttab\nline', 'plain ünïcode 漢字 👍\ttab\nline'],
  ['\u001b[31mred\u001b[0m', '⟨ESC⟩[31mred⟨ESC⟩[0m'],
  ['a\u0000b\u0007', 'a⟨U+0000⟩b⟨U+0007⟩'],
  ['one\r\ntwo\rthree', 'one\ntwo⟨U+000D⟩three'],
  ['user\u202egnp.exe\u2066', 'user⟨U+202E⟩gnp.exe⟨U+2066⟩'],
  ['zero\u200bwidth\ufeff', 'zero⟨U+200B⟩width⟨U+FEFF⟩'],
])('%j is shown as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown)
})
