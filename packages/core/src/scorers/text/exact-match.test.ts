import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactMatch } from './exact-match.ts'
import { judge, valueOf } from '../judge.test-support.ts'

test('declares how its values are read', () => {
  expect(exactMatch()).toMatchObject({
    name: 'exactMatch',
    kind: 'binary',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
  expect(exactMatch({ name: 'strict' }).name).toBe('strict')
})

test.for([
  ['Paris', 'Paris', {}, 1],
  ['Paris', 'paris', {}, 0],
  [' Paris\n', 'Paris', {}, 0],
  [' Paris\n', 'Paris', { trim: true }, 1],
  ['Pa ris', 'Paris', { trim: true }, 0],
  ['PARIS', 'paris', { ignoreCase: true }, 1],
  ['Straße', 'STRASSE', { ignoreCase: true }, 1],
  ['ΟΔΟΣ', 'οδος', { ignoreCase: true }, 1],
  ['e\u0301', 'é', {}, 0],
  ['e\u0301', 'é', { normalize: 'NFC' }, 1],
  ['ﬁne', 'fine', { normalize: 'NFC' }, 0],
  ['ﬁne', 'fine', { normalize: 'NFKC' }, 1],
  ['E\u0301', 'é', { normalize: 'NFD', ignoreCase: true }, 1],
  ['', '', {}, 1],
] as const)('%j against %j with %j is %i', async ([output, expected, options, value]) => {
  expect(await judge(exactMatch(options), output, expected)).toEqual({ value })
})

test.for([
  [42, 42, 1],
  [42, 43, 0],
  [null, null, 1],
  [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, 1],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, 1],
  [{ a: 1, b: 2 }, { a: 1 }, 0],
  [[1, 2], [2, 1], 0],
  [new Date(5), new Date(5), 1],
  [new Date(5), new Date(6), 0],
  [new Map([['a', 1]]), new Map([['a', 1]]), 1],
  [Number.NaN, Number.NaN, 1],
  [-0, 0, 1],
  [{ city: 'PARIS' }, { city: 'paris' }, 0],
] as const)('%j against %j is %i', async ([output, expected, value]) => {
  expect(await judge(exactMatch({ ignoreCase: true }), output, expected)).toEqual({ value })
})

test.for([
  ['42', 42, 'the output is a string, expected is a number'],
  [1, true, 'the output is a number, expected is a boolean'],
  [null, 'Paris', 'the output is null, expected is a string'],
  [undefined, {}, 'the output is undefined, expected is an object'],
  [[1], '[1]', 'the output is an array, expected is a string'],
] as const)('%j is not %j: %s', async ([output, expected, explanation]) => {
  expect(await judge(exactMatch(), output, expected)).toEqual({ value: 0, explanation })
})

test('a row without expected is an error, not a match of nothing with nothing', async () => {
  await expect(async () => judge(exactMatch(), undefined)).rejects.toMatchObject({ code: 'EVALS_EXPECTED_MISSING' })
})

test('every JSON value equals its copy, and the verdict is symmetric', async () => {
  const scorer = exactMatch({ trim: true, ignoreCase: true, normalize: 'NFKC' })
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (a, b) => {
      expect(await valueOf(scorer, a, structuredClone(a))).toBe(1)
      expect(await valueOf(scorer, a, b)).toBe(await valueOf(scorer, b, a))
    }),
  )
})

test('case, surrounding space and normal form do not matter when they are switched off', async () => {
  const scorer = exactMatch({ trim: true, ignoreCase: true, normalize: 'NFC' })
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      expect(await valueOf(scorer, ` ${text.normalize('NFD').toLowerCase()}\t`, text)).toBe(1)
      expect(await valueOf(scorer, text.toUpperCase(), text)).toBe(1)
    }),
  )
})
