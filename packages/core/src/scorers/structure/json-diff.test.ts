import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, valueOf } from '../judge.test-support.ts'
import { jsonDiff } from './json-diff.ts'

test('declares how its values are read', () => {
  expect(jsonDiff()).toMatchObject({
    name: 'jsonDiff',
    kind: 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

test.for([
  [{ a: 1, b: 'x' }, { a: 2, b: 'x' }, (2 / 3 + 1) / 2],
  ['{"a": 1}', { a: 1 }, 1],
  [{ a: { b: null } }, { a: {} }, 1],
  [{ a: 1 }, { a: null }, 0],
  [[1, 2, 3], [1, 2], 2 / 3],
  [[null], [], 0],
  [[], {}, 0],
  [true, false, 0],
  [true, true, 1],
  ['123', 123, 0],
  [{ a: 1 }, ['a', 1], 0],
  [null, null, 1],
  [undefined, { a: 1 }, 0],
] as const)('%j against %j: %d', async ([output, expected, value]) => {
  expect(await valueOf(jsonDiff(), output, expected)).toBeCloseTo(value, 12)
})

test('texts that hold JSON can be kept as texts', async () => {
  expect(await valueOf(jsonDiff({ preserveStrings: true }), '{"a":1}', '{"a": 1}')).toBe(7 / 8)
  expect(await valueOf(jsonDiff(), '{"a":1}', '{"a": 1}')).toBe(1)
})

test('a row without expected is an error', async () => {
  await expect(judge(jsonDiff(), {})).rejects.toMatchObject({ code: 'EVALS_EXPECTED_MISSING' })
})

test('lies in [0, 1], is symmetric, and 1 for equal values', async () => {
  const options = fc.constantFrom({}, { compat: 'autoevals' } as const, { preserveStrings: true })
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), options, async (a, b, option) => {
      const value = Number(await valueOf(jsonDiff(option), a, b))
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
      expect(await valueOf(jsonDiff(option), b, a)).toBeCloseTo(value, 12)
      expect(await valueOf(jsonDiff(option), a, structuredClone(a))).toBeCloseTo(1, 12)
    }),
  )
})

test('values nested too deeply are an error with a code', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  await expect(async () => judge(jsonDiff(), deep, deep)).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('nested too deeply'),
  })
})
