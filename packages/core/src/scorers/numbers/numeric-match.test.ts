import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, valueOf } from '../judge.test-support.ts'
import { numericMatch } from './numeric-match.ts'

test('declares how its values are read', () => {
  expect(numericMatch()).toMatchObject({
    name: 'numericMatch',
    kind: 'binary',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

test.for([
  ['1,234', '1234', {}, 1],
  ['1 234.56', 1234.56, {}, 1],
  ['1.23e3', '1230', {}, 1],
  [12, '12.00', {}, 1],
  ['-42', -42, {}, 1],
  ['5', '-5', {}, 0],
  ['3 4', 34, {}, 0],
  ['$5', 5, {}, 1],
  ['50%', '50%', {}, 1],
  ['50%', 50, {}, 1],
  ['50%', 0.5, {}, 0],
  ['½', 0.5, {}, 1],
  ['1/3', 1 / 3, { relative: 1e-9 }, 1],
  ['100001', '100002', {}, 0],
  ['1234567', '1234568', {}, 0],
  ['9007199254740993', '9007199254740992', {}, 0],
  ['9007199254740993', 9007199254740993n, {}, 1],
  ['1.1', 1, { absolute: 0.1 }, 1],
  ['1.1000001', 1, { absolute: 0.1 }, 0],
  ['101', 100, { relative: 0.01 }, 1],
  ['-101', -100, { relative: 0.01 }, 1],
  ['102', 100, { relative: 0.01 }, 0],
  ['0.001', 0, { relative: 0.5 }, 0],
  ['102', 100, { relative: 0.01, absolute: 2 }, 1],
  ['So 28 + 32 = 60%', '60', { from: 'last' }, 1],
  ['So 28 + 32 = 60%', '32', { from: 'last' }, 0],
  ['the value is 110', '10', { from: 'last' }, 0],
  ['So 28 + 32 = 60', '60', {}, 0],
  [0.1, '0.1', { from: 'last' }, 1],
  [1e21, '1000000000000000000000', { from: 'last' }, 1],
] as const)('%s against %s with %j is %i', async ([output, expected, options, value]) => {
  expect(await valueOf(numericMatch(options), output, expected)).toBe(value)
})

test.for([
  ['2 of 3 are 67%', '2', { from: 'first' }, 1],
  ['2 of 3 are 67%', '3', { from: 'first' }, 0],
  ['2 of 3 are 67%', '3', { from: 'any' }, 1],
  ['2 of 3 are 67%', '4', { from: 'any' }, 0],
  ['1.2.3 or 4', '4', { from: 'any' }, 1],
  ['1.2.3 or 4', '4', { from: 'first' }, 0],
  ['about 7', [5, '7'], { from: 'last' }, 1],
  ['8', [5, 7], {}, 0],
  ['8', [5, 7], { absolute: 1 }, 1],
] as const)('%s against %j with %j is %i', async ([output, expected, options, value]) => {
  expect(await valueOf(numericMatch(options), output, expected)).toBe(value)
})

test.for([
  ['8', [5, 7], 'any', 'read 8, expected 5 or 7'],
  ['1.2.3', 5, 'first', 'the first number is not readable as one: "1.2.3"'],
  ['none', 5, 'any', 'no number in the output'],
  ['$1,234.50', 1234, 'whole', 'read 1234.50 ("$1,234.50"), expected 1234'],
  ['50%', 0.5, 'whole', 'read 50 ("50%"), expected 0.5'],
  ['The sum is 4.', 5, 'whole', `the output is not one number: "The sum is 4." (from: 'last' looks inside a text)`],
  ['The sum is 4.', 5, 'last', 'read 4, expected 5'],
  ['I do not know', 5, 'last', 'no number in the output'],
  ['5 × 10^3', 5, 'last', 'the last number is not readable as one: "10^3"'],
  [Number.NaN, 5, 'last', 'no number in the output'],
  [null, 5, 'last', 'the output is null'],
] as const)('%s against %j, %s: %s', async ([output, expected, from, explanation]) => {
  expect(await judge(numericMatch({ from }), output, expected)).toEqual({ value: 0, explanation })
})

test.for([
  ['5', 'five', 'EVALS_SCORER_FAILED'],
  ['5', Number.NaN, 'EVALS_SCORER_FAILED'],
  ['5', Number.POSITIVE_INFINITY, 'EVALS_SCORER_FAILED'],
  ['5', { value: 5 }, 'EVALS_SCORER_FAILED'],
  [{ value: 5 }, 5, 'EVALS_SCORER_FAILED'],
  ['5', undefined, 'EVALS_EXPECTED_MISSING'],
] as const)('cannot judge %j against %s: %s', async ([output, expected, code]) => {
  await expect(async () => judge(numericMatch(), output, expected)).rejects.toMatchObject({ code })
})

test.for([
  { absolute: -1 },
  { absolute: Number.NaN },
  { relative: Number.POSITIVE_INFINITY },
  { from: 'middle' as never },
])('refuses %j', (options) => {
  expect(() => numericMatch(options)).toThrow(expect.objectContaining({ code: 'EVALS_SCORER_OPTION_INVALID' }))
})

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

test('a number matches itself and no other; a tolerance only ever adds matches', async () => {
  await fc.assert(
    fc.asyncProperty(finite, finite, fc.double({ min: 0, max: 1e6, noNaN: true }), async (a, b, tolerance) => {
      expect(await valueOf(numericMatch(), String(a), a)).toBe(1)
      const exact = await valueOf(numericMatch(), a, b)
      expect(exact).toBe(a === b ? 1 : 0)
      const options = [
        { absolute: tolerance },
        { relative: tolerance },
        { from: 'last' as const },
        { from: 'any' as const },
      ]
      for (const option of options) {
        expect(await valueOf(numericMatch(option), a, b)).toBeGreaterThanOrEqual(Number(exact))
      }
      const absolute = numericMatch({ absolute: tolerance })
      expect(await valueOf(absolute, a, b)).toBe(await valueOf(absolute, b, a))
    }),
  )
})
