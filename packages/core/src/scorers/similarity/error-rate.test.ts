import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge, metricOf, valueOf } from '../judge.test-support.ts'
import { characterErrorRate } from './character-error-rate.ts'
import { splitWords } from './split-words.ts'
import { wordErrorRate } from './word-error-rate.ts'

describe.for([
  ['wordErrorRate', wordErrorRate],
  ['characterErrorRate', characterErrorRate],
] as const)('%s', ([name, factory]) => {
  test('declares how its values are read', () => {
    expect(factory()).toMatchObject({
      name,
      kind: 'graded',
      range: [0, Infinity],
      direction: 'lower',
      needsExpected: true,
      metrics: [{ name: 'corpus' }],
    })
  })

  test('against nothing, nothing is right and anything else is not scored', async () => {
    expect(await judge(factory(), '', '')).toMatchObject({ value: 0 })
    expect(await judge(factory(), 'uh', '')).toMatchObject({
      value: null,
      metadata: { counts: [expect.any(Number), 0] },
    })
    expect(await valueOf(factory(), null, 'a')).toBe(1)
  })
})

test.for([
  ['the cat sat', 'the cat sat', 0],
  ['the cat', 'the cat sat', 1 / 3],
  ['the big cat sat', 'the cat sat', 1 / 3],
  ['a cat sat', 'the cat sat', 1 / 3],
  ['one two three four', 'five', 4],
  ['The cat, sat!', 'the cat sat', 1],
] as const)('the word error rate of %j against %j is %d', async ([output, expected, rate]) => {
  expect(await valueOf(wordErrorRate(), output, expected)).toBeCloseTo(rate, 12)
})

test('case and punctuation can be left out', async () => {
  const scorer = wordErrorRate({ ignoreCase: true, ignorePunctuation: true })
  expect(await valueOf(scorer, "The cat's here!", 'the cats here')).toBe(0)
})

test.for([
  ['abd', 'abc', 1 / 3],
  ['😀', '😁', 1],
  ['', 'ab', 1],
  ['a b', 'ab', 1 / 2],
] as const)('the character error rate of %j against %j is %d', async ([output, expected, rate]) => {
  expect(await valueOf(characterErrorRate(), output, expected)).toBeCloseTo(rate, 12)
})

test('over a corpus edits and lengths add up', async () => {
  const samples = [
    ['a b', 'a b c d'],
    ['uh', ''],
    ['x', 'x'],
  ] as const
  expect(await metricOf(wordErrorRate(), 'corpus', samples)).toBe(3 / 5)
})

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'dd'), { minLength: 1, maxLength: 9 })
  .map((words) => words.join(' '))

test('is 0 for equal texts only, and edits obey the triangle inequality', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, fc.constantFrom(wordErrorRate, characterErrorRate), async (a, b, c, factory) => {
      const edits = async (x: string, y: string) => {
        const { metadata } = await judge(factory(), x, y)
        return (metadata as { counts: number[] }).counts[0]!
      }
      expect((await valueOf(factory(), a, b)) === 0).toBe(a === b)
      expect(await edits(a, b)).toBe(await edits(b, a))
      expect(await edits(a, c)).toBeLessThanOrEqual((await edits(a, b)) + (await edits(b, c)))
      expect(await edits(a, b)).toBeLessThanOrEqual(
        factory === wordErrorRate ? Math.max(splitWords(a).length, splitWords(b).length) : Math.max(a.length, b.length),
      )
    }),
  )
})
