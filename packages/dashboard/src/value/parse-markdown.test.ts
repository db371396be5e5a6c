import fc from 'fast-check'
import { expect, test } from 'vitest'
import { looksLikeMarkdown, parseMarkdown } from './parse-markdown.ts'

test('reads headings, paragraphs, lists, code, quotes and what stands inside them', () => {
  const text =
    '# Title\nOne **bold** and *soft*\nline `x < 1`\n\n- a\n- [b](javascript:alert(1))\n\n1. first\n2) second\n> said\n> so\n```js\n# no heading\n```\nend'
  expect(parseMarkdown(text)).toEqual([
    { type: 'heading', level: 1, content: [{ type: 'text', text: 'Title' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'One ' },
        { type: 'strong', text: 'bold' },
        { type: 'text', text: ' and ' },
        { type: 'emphasis', text: 'soft' },
        { type: 'text', text: '\nline ' },
        { type: 'code', text: 'x < 1' },
      ],
    },
    {
      type: 'list',
      ordered: false,
      items: [
        [{ type: 'text', text: 'a' }],
        [
          { type: 'link', text: 'b', address: 'javascript:alert(1' },
          { type: 'text', text: ')' },
        ],
      ],
    },
    { type: 'list', ordered: true, items: [[{ type: 'text', text: 'first' }], [{ type: 'text', text: 'second' }]] },
    { type: 'quote', content: [{ type: 'text', text: 'said\nso' }] },
    { type: 'code', text: '# no heading' },
    { type: 'paragraph', content: [{ type: 'text', text: 'end' }] },
  ])
})

test('lines may end as on Windows', () => {
  const text = '# Title\r\none\r\ntwo\r\n\r\n- a\r\n- b\r\n```js\r\nx\r\n\r\ny\r\n```\r\n> said'
  expect(parseMarkdown(text)).toEqual(parseMarkdown(text.replaceAll('\r\n', '\n')))
  expect(parseMarkdown(text)).toHaveLength(5)
})

test.for(['\n', '[', '[a](', '**', '*a', '`', ' ', '\u2028', '- ', '#', '\r'])(
  'much of %j is read in no time',
  (part) => {
    const text = `${part.repeat(100_000)}x\u2028y`
    const start = performance.now()
    looksLikeMarkdown(text)
    parseMarkdown(text)
    parseMarkdown(`- ${text}`)
    expect(performance.now() - start).toBeLessThan(2000)
  },
)

test('property: ends for any text, and loses no word', () => {
  const line = fc.stringMatching(/^[a-z #>`*\-1.)[\]()]*$/)
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n')
      const shown = JSON.stringify(parseMarkdown(text))
      const words = text.replace(/^\s*(```|~~~).*$/gm, '').match(/[a-z]+/g) ?? []
      expect(words.filter((word) => !shown.includes(word))).toEqual([])
    }),
  )
})

test.each([
  ['Paris', false],
  ['2 * 3 * 4', false],
  ['# Title', true],
  ['some **bold** text', true],
  ['- one\n- two', true],
])('%j looks like Markdown: %s', (text, looks) => {
  expect(looksLikeMarkdown(text)).toBe(looks)
})
