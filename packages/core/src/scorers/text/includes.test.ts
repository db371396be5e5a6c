import fc from 'fast-check'
import { expect, test } from 'vitest'
import { includes } from './includes.ts'
import { judge, valueOf } from '../judge.test-support.ts'

test('declares how its values are read', () => {
  expect(includes()).toMatchObject({
    name: 'includes',
    kind: 'binary',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

test.for([
  ['The capital is Paris.', 'Paris', {}, { value: 1 }],
  ['The capital is Paris.', 'paris', {}, { value: 0, explanation: 'missing: "paris"' }],
  ['The capital is Paris.', 'paris', { ignoreCase: true }, { value: 1 }],
  ['IN DER HAUPTSTRASSE 5', 'Straße', { ignoreCase: true }, { value: 1 }],
  ['ΟΔΟΣΑ', 'οδος', { ignoreCase: true }, { value: 1 }],
  ['red and blue', ['red', 'blue'], {}, { value: 1 }],
  ['red', ['red', 'blue', 'green'], {}, { value: 0, explanation: 'missing: "blue", "green"' }],
  ['red', ['blue', 'red'], { mode: 'any' }, { value: 1 }],
  ['red', ['blue', 'green'], { mode: 'any' }, { value: 0, explanation: 'missing any of: "blue", "green"' }],
  ['room 42', 42, {}, { value: 1 }],
  [42, '4', {}, { value: 1 }],
  [true, 'true', {}, { value: 1 }],
  ['', 'x', {}, { value: 0, explanation: 'missing: "x"' }],
  [null, 'x', {}, { value: 0, explanation: 'the output is null' }],
  [undefined, 'x', {}, { value: 0, explanation: 'the output is undefined' }],
] as const)('%j against %j with %j', async ([output, expected, options, details]) => {
  expect(await judge(includes(options), output, expected)).toEqual(details)
})

test.for([
  ['text', '', 'EVALS_SCORER_FAILED', /empty text/],
  ['text', ['text', ''], 'EVALS_SCORER_FAILED', /empty text/],
  ['text', [], 'EVALS_SCORER_FAILED', /empty array/],
  ['text', { a: 1 }, 'EVALS_SCORER_FAILED', /expected must be text, but is an object/],
  ['text', [null], 'EVALS_SCORER_FAILED', /expected must be text, but is null/],
  [{ text: 'Paris' }, 'Paris', 'EVALS_SCORER_FAILED', /output must be text, but is an object; return text/],
  [['Paris'], 'Paris', 'EVALS_SCORER_FAILED', /output must be text, but is an array/],
  ['text', undefined, 'EVALS_EXPECTED_MISSING', /no expected value/],
  [null, null, 'EVALS_EXPECTED_MISSING', /no expected value/],
] as const)('cannot judge %j against %j: %s', async ([output, expected, code, message]) => {
  await expect(async () => judge(includes({ name: 'mine' }), output, expected)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
    details: { scorer: 'mine' },
  })
})

test('a text includes each of its parts; all implies any', async () => {
  const part = fc.string({ minLength: 1, unit: 'grapheme' })
  await fc.assert(
    fc.asyncProperty(part, fc.string(), fc.string(), fc.array(part, { minLength: 1 }), async (wanted, a, b, others) => {
      const text = a + wanted + b
      expect(await valueOf(includes(), text, wanted)).toBe(1)
      expect(await valueOf(includes({ ignoreCase: true }), text.toUpperCase(), wanted)).toBe(1)
      const expected = [...others, wanted]
      expect(await valueOf(includes({ mode: 'any' }), text, expected)).toBe(1)
      const all = await judge(includes(), text, expected)
      expect(all.value).toBe(others.every((other) => text.includes(other)) ? 1 : 0)
    }),
  )
})
