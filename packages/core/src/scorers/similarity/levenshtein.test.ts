import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, valueOf } from '../judge.test-support.ts'
import { levenshtein } from './levenshtein.ts'

test('declares how its values are read', () => {
  expect(levenshtein()).toMatchObject({
    name: 'levenshtein',
    kind: 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

// Values of autoevals 0.3.0, except the emoji: it counts UTF-16 units there (1/3).
test.for([
  ['', '', 1],
  ['a', '', 0],
  ['a', 'b', 0],
  ['ac', 'bc', 0.5],
  ['xabxcdxxefxgx', '1ab2cd34ef5g6', 0.5384615384615384],
  ['flaw', 'lawn', 0.5],
  ['héllo', 'hello', 0.8],
  ['😀a', 'a', 0.5],
  ['abc', 'ABC', 0],
  ['intention', 'execution', 0.4444444444444444],
  [123, '123', 1],
] as const)('%j against %j is %d', async ([output, expected, value]) => {
  expect(await valueOf(levenshtein(), output, expected)).toBeCloseTo(value, 9)
})

test('explains itself, folds case, and scores no output as 0', async () => {
  expect(await judge(levenshtein(), 'kitten', 'sitting')).toEqual({
    value: 1 - 3 / 7,
    explanation: 'distance 3, length 7',
  })
  expect(await valueOf(levenshtein({ ignoreCase: true }), 'ABC😀', 'abc😀')).toBe(1)
  expect(await judge(levenshtein(), null, 'a')).toEqual({ value: 0, explanation: 'the output is null' })
})

test('what is no text is an error', async () => {
  await expect(async () => judge(levenshtein(), { a: 1 }, 'a')).rejects.toMatchObject({ code: 'EVALS_SCORER_FAILED' })
  await expect(async () => judge(levenshtein(), 'a', ['a'])).rejects.toMatchObject({ code: 'EVALS_SCORER_FAILED' })
  await expect(async () => judge(levenshtein(), 'a')).rejects.toMatchObject({ code: 'EVALS_EXPECTED_MISSING' })
})

test('more different characters than the library can tell apart is an error', async () => {
  let many = ''
  for (let code = 0x10000; code <= 0x20001; code++) many += String.fromCodePoint(code)
  await expect(async () => judge(levenshtein(), many, 'a')).rejects.toMatchObject({ code: 'EVALS_SCORER_FAILED' })
})

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '𝒳', '\uD800'), maxLength: 40 })

test('is 1 - distance / length by code point', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (a, b) => {
      const length = Math.max(Array.from(a).length, Array.from(b).length)
      const value = length === 0 ? 1 : 1 - textbookDistance(Array.from(a), Array.from(b)) / length
      expect(await valueOf(levenshtein(), a, b)).toBe(value)
    }),
  )
})

test('lies in [0, 1], is symmetric, and 1 only for equal texts', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (a, b) => {
      const value = await valueOf(levenshtein(), a, b)
      expect(value).toBe(await valueOf(levenshtein(), b, a))
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
      expect(value === 1).toBe(a === b)
    }),
  )
})

function textbookDistance(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, left] of a.entries()) {
    const next = [i + 1]
    for (const [j, right] of b.entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (left === right ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}
