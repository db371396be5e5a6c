import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, valueOf } from '../judge.test-support.ts'
import { endsWith } from './ends-with.ts'
import { oneOf } from './one-of.ts'
import { startsWith } from './starts-with.ts'

test.for(Object.entries({ startsWith, endsWith, oneOf }))('%s declares how its values are read', ([name, factory]) => {
  expect(factory()).toMatchObject({ name, kind: 'binary', range: [0, 1], direction: 'higher', needsExpected: true })
})

test.for([
  ['Yes, of course.', 'Yes', {}, { value: 1 }],
  ['yes', 'Yes', {}, { value: 0, explanation: 'it starts with "yes", not with "Yes"' }],
  ['yes', 'Yes', { ignoreCase: true }, { value: 1 }],
  ['No', ['Yes', 'No'], {}, { value: 1 }],
  ['Maybe', ['Yes', 'No'], {}, { value: 0, explanation: 'it starts with "Maybe", not with "Yes" or "No"' }],
  ['**Yes**', 'Yes', { trimPunctuation: true }, { value: 1 }],
  ['  Yes', 'Yes', { trim: true }, { value: 1 }],
  ['e\u0301t', 'é', { normalize: 'NFC' }, { value: 1 }],
  [42, 4, {}, { value: 1 }],
  [null, 'Yes', {}, { value: 0, explanation: 'the output is null' }],
] as const)('%j starts with %j, %j', async ([output, expected, options, details]) => {
  expect(await judge(startsWith(options), output, expected)).toEqual(details)
})

test.for([
  ['It is Paris.', 'Paris', {}, { value: 0, explanation: 'it ends with "It is Paris.", not with "Paris"' }],
  ['It is Paris.', 'Paris', { trimPunctuation: true }, { value: 1 }],
  ['It is PARIS', 'Paris', { ignoreCase: true }, { value: 1 }],
  ['', 'x', {}, { value: 0, explanation: 'it ends with "", not with "x"' }],
] as const)('%j ends with %j, %j', async ([output, expected, options, details]) => {
  expect(await judge(endsWith(options), output, expected)).toEqual(details)
})

test.for([
  ['x', '', {}],
  ['x', ['x', ''], {}],
  ['x', '...', { trimPunctuation: true }],
  ['x', [], {}],
  ['x', {}, {}],
] as const)(
  '%j: the expected %j with %j fits everything or nothing, and is an error',
  async ([output, expected, options]) => {
    for (const factory of [startsWith, endsWith]) {
      await expect(async () => judge(factory(options), output, expected)).rejects.toMatchObject({
        code: 'EVALS_SCORER_FAILED',
      })
    }
  },
)

test.for([
  ['La Paz', ['Sucre', 'La Paz'], {}, { value: 1 }],
  ['La Paz.', ['Sucre', 'La Paz'], { trimPunctuation: true }, { value: 1 }],
  ['Lima', ['Sucre', 'La Paz'], {}, { value: 0, explanation: '"Lima" is none of the 2 values' }],
  ['Lima', 'Lima', {}, { value: 1 }],
  [{ a: 1 }, [{ a: 2 }, { a: 1 }], {}, { value: 1 }],
  [3, [1, 2], {}, { value: 0, explanation: 'a number is none of the 2 values' }],
  ['b', undefined, { values: ['a', 'b'] }, { value: 1 }],
] as const)('%j is one of %j, %j', async ([output, expected, options, details]) => {
  expect(await judge(oneOf(options), output, expected)).toEqual(details)
})

test('oneOf needs something to be one of', async () => {
  await expect(async () => judge(oneOf(), 'a')).rejects.toMatchObject({ code: 'EVALS_EXPECTED_MISSING' })
  await expect(async () => judge(oneOf(), 'a', [])).rejects.toMatchObject({ code: 'EVALS_SCORER_FAILED' })
  expect(() => oneOf({ values: [] })).toThrow(/option "values" must be a non-empty array/)
  expect(oneOf({ values: ['a'] })).toMatchObject({ needsExpected: false })
})

const text = fc.string({ unit: 'grapheme' })
const part = fc.string({ unit: 'grapheme', minLength: 1 })

test('a text starts and ends with its ends; one of several is enough; marks around do not matter when trimmed', async () => {
  await fc.assert(
    fc.asyncProperty(part, text, part, async (a, b, other) => {
      expect(await valueOf(startsWith(), a + b, [other, a])).toBe(1)
      expect(await valueOf(endsWith(), b + a, [other, a])).toBe(1)
      expect(await valueOf(oneOf(), a, [other, a])).toBe(1)
      expect(await valueOf(oneOf({ trimPunctuation: true }), ` "${a}." `, [a])).toBe(1)
      expect(await valueOf(startsWith(), a, b === '' ? other : b)).toBe(a.startsWith(b === '' ? other : b) ? 1 : 0)
    }),
  )
})
