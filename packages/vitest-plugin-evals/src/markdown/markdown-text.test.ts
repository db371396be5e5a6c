import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import { code, row } from './markdown-text.ts'

const toHtml = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

const tableOf = (cells: readonly string[]): string => toHtml(row(['a', 'b']) + row(['---', '---']) + row(cells))

test.for([
  ['plain text', '`plain text`'],
  ['', '–'],
  [' \u200B\n', '–'],
  ['two\n\nlines\tand\u0000more', '`two lines and more`'],
  ['\u001B[31mred\u001B[0m \u202Eright to left', '`red right to left`'],
  ['a ` b', '``a ` b``'],
  ['`all`', '`` `all` ``'],
  ['a|b', '`a|b`'],
  ['\uD800', '`\uFFFD`'],
] as const)('%j is %s', ([text, expected]) => {
  expect(code(text)).toBe(expected)
})

test('pipes end no cell, also after a backslash; elsewhere they stay as they are', () => {
  expect(row([code('a|b'), code('a\\|b')])).toBe('| `a\\|b` | `a\\│b` |\n')
  expect(toHtml(`## ${code('a|b')}`)).toBe('<h2><code>a|b</code></h2>')
})

test('a long text is cut, never within a character', () => {
  expect(code('abcdef', 4)).toBe('`abc…`')
  expect(code('ab😀def', 4)).toBe('`ab…`')
})

test.for([
  '<script>alert(1)</script>',
  '</code></td><img src=x onerror=y>',
  '@octocat #1 www.evil.example',
  '\\',
  '[a](b)',
])('in a table %s is only text', (text) => {
  const shown = text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  expect(tableOf([code(text), 'next'])).toContain(`<td><code>${shown}</code></td>\n<td>next</td>`)
})

test('property: no text leaves its cell or becomes an element', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('|\\`<>@#*_[](){}!~$&;:/\n\ta😀')), maxLength: 30 })
  fc.assert(
    fc.property(text, (any) => {
      const html = tableOf([code(any), 'next'])
      expect(html.match(/<td>/g)).toHaveLength(2)
      expect(html.match(/<(?!\/?(table|thead|tbody|tr|th|td|code)>)/g)).toBeNull()
      expect(html).toContain('<td>next</td>')
    }),
  )
})
