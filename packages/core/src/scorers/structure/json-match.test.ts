import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, valueOf } from '../judge.test-support.ts'
import { jsonMatch } from './json-match.ts'

test('declares how its values are read', () => {
  expect(jsonMatch()).toMatchObject({
    name: 'jsonMatch',
    kind: 'binary',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

test.for([
  ['{"b": 1, "a": [1, 2.0]}', { a: [1, 2], b: 1 }, {}, undefined],
  ['{"a": 1}', '{"a": "1"}', {}, '/a is 1, expected "1"'],
  ['{"a": 1}', { a: 1, b: 2 }, {}, '/b is missing'],
  ['{"a": 1, "x/y": 2}', { a: 1 }, {}, '/x~1y is not expected'],
  ['{"a": 1, "b": {"c": 2, "d": 3}}', { b: { c: 2 } }, { partial: true }, undefined],
  ['{"a": [1, 2]}', { a: [1] }, { partial: true }, '/a has 2 items, expected 1'],
  ['[2, 1]', [1, 2], {}, '/0 is 2, expected 1'],
  ['{"id": 7, "a": {"id": 8}}', { a: {} }, { ignore: ['id'] }, undefined],
  ['2', [1, 2], { alternatives: true }, undefined],
  ['3', [1, 2], { alternatives: true }, 'the value is 3, expected 1; or the value is 3, expected 2'],
  ['```json\n{"a": 1}\n```', { a: 1 }, { stripFences: true }, undefined],
  ['null', null, {}, undefined],
  [{ a: undefined }, {}, {}, undefined],
  ['{"__proto__": 1}', '{"__proto__": 2}', {}, '/__proto__ is 1, expected 2'],
  ['{', {}, {}, /^not JSON/],
  [null, {}, {}, 'the output is null'],
] as const)('%j against %j with %j: %s', async ([output, expected, options, explanation]) => {
  const { value, explanation: why } = await judge(jsonMatch(options), output, expected)
  expect(value).toBe(explanation === undefined ? 1 : 0)
  if (explanation === undefined) expect(why).toBeUndefined()
  else if (typeof explanation === 'string') expect(why).toBe(explanation)
  else expect(why).toMatch(explanation)
})

test.for([
  [undefined, {}, 'EVALS_EXPECTED_MISSING'],
  ['{', {}, 'EVALS_SCORER_FAILED'],
  [[], { alternatives: true }, 'EVALS_SCORER_FAILED'],
  [Number.NaN, {}, 'EVALS_SCORER_FAILED'],
] as const)('an expected %j with %j is an error of the row', async ([expected, options, code]) => {
  await expect(async () => judge(jsonMatch(options), '1', expected)).rejects.toMatchObject({ code })
})

test('a value matches its own text, the verdict is symmetric, and members may come in any order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (a, b) => {
      const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
      expect(await valueOf(jsonMatch(), left, left)).toBe(1)
      expect(await valueOf(jsonMatch(), left, right)).toBe(await valueOf(jsonMatch(), right, left))
      const reversed = JSON.stringify(a, (_, value: unknown) => {
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
        return isObject ? Object.fromEntries(Object.entries(value).toReversed()) : value
      })
      expect(await valueOf(jsonMatch(), reversed, left)).toBe(1)
      if ((await valueOf(jsonMatch(), left, right)) === 1) {
        expect(await valueOf(jsonMatch({ partial: true }), left, right)).toBe(1)
      }
    }),
  )
})

test('values nested too deeply are an error with a code', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  await expect(async () => judge(jsonMatch(), deep, deep)).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('nested too deeply'),
  })
})
