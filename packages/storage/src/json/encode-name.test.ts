import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeName } from './encode-name.ts'

test.for([
  ['prod', 'prod'],
  ['20260131_174509_1f2e3d4c', '20260131_174509_1f2e3d4c'],
  ['gpt-5.1', 'gpt-5.1'],
  ['Prod', '%50rod'],
  ['a/b', 'a%2Fb'],
  ['a%2Fb', 'a%252%46b'],
  ['a b', 'a%20b'],
  ['a\\b:*?', 'a%5Cb%3A%2A%3F'],
  ['é', '%C3%A9'],
  ['e\u0301', 'e%CC%81'],
  ['🦉', '%F0%9F%A6%89'],
  ['.', '%2E'],
  ['..', '.%2E'],
  ['...', '..%2E'],
  ['.hidden', '.hidden'],
  ['v1.', 'v1%2E'],
] as const)('%j becomes %s', ([name, folder]) => {
  expect(encodeName(name)).toBe(folder)
})

test('a name longer than 100 characters is cut and ends in its SHA-256', () => {
  expect(encodeName('x'.repeat(100))).toBe('x'.repeat(100))
  expect(encodeName('x'.repeat(300))).toBe(`${'x'.repeat(66)}%~0d4e2ca9e9cbced7a7a5380eb29e1a37`)
})

test.for(['', ' ', '\t\n', '\uD800', 'a\uDC00'])('%j is no name', (name) => {
  expect(() => encodeName(name)).toThrow(expect.objectContaining({ code: 'EVALS_EXPERIMENT_NAME_INVALID' }))
})

const name = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 150 }),
  fc.string({ unit: fc.constantFrom('.', '%', '~', 'a', 'A', '2', 'E', '/', 'é'), minLength: 1, maxLength: 130 }),
)
const validName = name.filter((text) => text.trim() !== '' && text.isWellFormed())

test('a folder name is safe on every file system and stays in its parent', () => {
  fc.assert(
    fc.property(validName, (text) => {
      expect(encodeName(text)).toMatch(/^(?=.{1,100}$)(?:[a-z0-9._-]|%[0-9A-F]{2}|%~|%[0-9A-F]?(?=%~))*(?<!\.)$/)
    }),
  )
})

test('no two names share a folder, also where upper and lower case are the same', () => {
  fc.assert(
    fc.property(validName, validName, (one, other) => {
      expect(encodeName(one).toLowerCase() === encodeName(other).toLowerCase()).toBe(one === other)
    }),
    { numRuns: 1000 },
  )
})

test('what is not cut can be read back', () => {
  fc.assert(
    fc.property(validName, (text) => {
      const folder = encodeName(text)
      fc.pre(!folder.includes('%~'))
      expect(decodeURIComponent(folder)).toBe(text)
    }),
  )
})
