import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as scorers from '../packages/core/src/scorers.ts'
import { readDocstring } from './reference/docstring.ts'
import { generatedDocs } from './reference/generated-docs.ts'
import { fieldTable, kindTable } from './reference/schema-table.ts'
import { replaceSections } from './reference/sections.ts'

const root = join(import.meta.dirname, '..')

describe('the pages', () => {
  const pages = Object.entries(generatedDocs(root))

  test.for(pages)('%s is what `pnpm docs:generate` writes', ([path, text]) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text)
  })

  test('there is one for each scorer, and no other', () => {
    const generated = pages.map(([path]) => path).filter((path) => path.startsWith('docs/scorers/'))
    const written = globSync('docs/scorers/*.md', { cwd: root }).map((path) => path.replaceAll('\\', '/'))
    expect(written.sort()).toEqual(generated.sort())
    expect(generated).toHaveLength(Object.keys(scorers).length)
  })
})

test('a docstring is read by its tags', () => {
  const comment = `
 * Counts, see {@link other}.
 *
 *   - indented
 *
 * @param text what
 *   is counted
 * @param options \`a = 1\`
 * @returns a number
 * @throws never
 * @example
 * count('a')
 *   .more
 `
  expect(readDocstring(comment)).toEqual({
    text: 'Counts, see `other`.\n\n  - indented',
    params: { text: 'what is counted', options: '`a = 1`' },
    returns: 'a number',
    throws: 'never',
    example: `count('a')\n  .more`,
  })
})

test('sections are replaced and all else stays; one that is missing or unknown is an error', () => {
  const page = 'before\n<!-- generated: a -->\n\nold\n\n<!-- end -->\nafter\n'
  const replaced = 'before\n<!-- generated: a -->\n\nnew\n\n<!-- end -->\nafter\n'
  expect(replaceSections(page, { a: 'new' })).toBe(replaced)
  expect(replaceSections(replaced, { a: 'new' })).toBe(replaced)
  expect(() => replaceSections(page, { a: 'new', b: '' })).toThrow('the page has the sections a, and a,b are written')
  expect(() => replaceSections(page, {})).toThrow('the page has the sections a, and  are written')
})

test('fields of a schema have their types in words', () => {
  const schema = {
    required: ['id'],
    properties: {
      id: { type: 'string', description: 'Its name.' },
      count: { type: ['integer', 'null'], description: 'How many.' },
      kind: { enum: ['a', 'b'], description: 'Which | one.' },
      error: { $ref: '#/$defs/error', description: 'Why.' },
      tags: { type: 'array', items: { type: 'string' }, description: 'All.' },
      parts: { type: 'object', additionalProperties: { type: 'number' }, description: 'By name.' },
      failure: { type: 'object', properties: { message: {} }, description: 'What.' },
    },
  }
  expect(fieldTable(schema)).toBe(`| field | type | meaning |
| --- | --- | --- |
| \`id\` | text | Its name. |
| \`count\` | whole number or \`null\`, or absent | How many. |
| \`kind\` | \`a\`, \`b\`, or absent | Which \\| one. |
| \`error\` | [error](#errors), or absent | Why. |
| \`tags\` | list of text, or absent | All. |
| \`parts\` | object of number, or absent | By name. |
| \`failure\` | \`{ message }\`, or absent | What. |`)
  expect(() => fieldTable({ properties: { id: { type: 'string' } } })).toThrow('id is not described')
})

test('kinds of an object have their own fields', () => {
  const schema = {
    properties: { atMs: { type: 'number' } },
    oneOf: [
      {
        description: 'A span.',
        required: ['name'],
        properties: { type: { const: 'span' }, atMs: true, name: {}, error: { description: 'Its message.' } },
      },
    ],
  }
  expect(kindTable(schema).split('\n')[2]).toBe('| `span` | `name`, `error?` | A span. `error`: Its message. |')
})
