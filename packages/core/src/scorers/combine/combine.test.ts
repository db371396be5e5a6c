import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scorer } from '../../scoring/scorer.ts'
import { judge, judgeSample, valueOf } from '../judge.test-support.ts'
import { bleu } from '../similarity/bleu.ts'
import { levenshtein } from '../similarity/levenshtein.ts'
import { wordErrorRate } from '../similarity/word-error-rate.ts'
import { exactMatch } from '../text/exact-match.ts'
import { includes } from '../text/includes.ts'
import { all } from './all.ts'
import { any } from './any.ts'
import { map } from './map.ts'
import { not } from './not.ts'
import { weighted } from './weighted.ts'

/** A scorer with a fixed value. */
function fixed(name: string, value: number | null, scale: Partial<Scorer> = {}): Scorer {
  return { name, kind: 'graded', range: [0, 1], ...scale, score: () => value }
}

describe('all, any and not', () => {
  test('are binary of binary parts, graded of others', () => {
    const parts = [exactMatch(), includes()]
    expect(all(parts)).toMatchObject({
      name: 'all',
      kind: 'binary',
      range: [0, 1],
      direction: 'higher',
      needsExpected: true,
    })
    expect(any([...parts, levenshtein()])).toMatchObject({ name: 'any', kind: 'graded', needsExpected: true })
    expect(not(exactMatch())).toMatchObject({ name: 'not', kind: 'binary', range: [0, 1], direction: 'higher' })
    expect(not(fixed('a', 1))).toMatchObject({ kind: 'graded', needsExpected: false })
  })

  test('are the worst, the best, the contrary', async () => {
    const parts = [fixed('a', 0.25), fixed('b', 0.75)]
    expect(await judge(all(parts), 'x')).toEqual({
      value: 0.25,
      explanation: 'a 0.25, b 0.75',
      metadata: { a: 0.25, b: 0.75 },
    })
    expect(await valueOf(any(parts), 'x')).toBe(0.75)
    expect(await valueOf(not(parts[0]!), 'x')).toBe(0.75)
  })

  test('ranges and directions are told apart', async () => {
    const lower = fixed('errors', 8, { range: [0, 10], direction: 'lower' })
    expect(await valueOf(all([lower, fixed('b', 1)]), 'x')).toBeCloseTo(0.2, 12)
    expect(await valueOf(not(lower), 'x')).toBeCloseTo(0.8, 12)
    expect(await valueOf(any([bleu(), exactMatch()]), 'a b c d', 'a b c d')).toBe(1)
  })

  test('functions are parts too', async () => {
    const short = ({ output }: { output: unknown }) => String(output).length < 5
    expect(await valueOf(all([short, exactMatch()]), 'abc', 'abc')).toBe(1)
    expect(await valueOf(not(short), 'abc')).toBe(0)
  })
})

describe('weighted', () => {
  test('is the weighted mean; a weight of 0 only tells', async () => {
    const scorer = weighted([
      [fixed('a', 0), 2],
      [fixed('b', 1), 1],
      [fixed('c', null), 0],
    ])
    expect(scorer).toMatchObject({ name: 'weighted', kind: 'graded', range: [0, 1], direction: 'higher' })
    expect(await judge(scorer, 'x')).toEqual({
      value: 1 / 3,
      explanation: 'a 0, b 1, c –',
      metadata: { a: 0, b: 1, c: null },
    })
  })

  test.for([
    [[[fixed('a', 1), -1]], /weights must be numbers of at least 0/],
    [[[fixed('a', 1), 0]], /one above it/],
    [[[fixed('a', 1), Number.NaN]], /weights must be/],
    [[fixed('a', 1)], /give it pairs/],
    [[], /at least one scorer/],
  ] as const)('refuses %#', ([parts, message]) => {
    expect(() => weighted(parts as never)).toThrow(
      expect.objectContaining({ code: 'EVALS_SCORER_OPTION_INVALID', message: expect.stringMatching(message) }),
    )
  })
})

describe('parts that do not fit', () => {
  test('a part that does not score leaves the whole without a score', async () => {
    for (const scorer of [all([fixed('a', 1), fixed('b', null)]), any([fixed('a', 1), fixed('b', null)])]) {
      expect(await judge(scorer, 'x')).toEqual({ value: null, explanation: 'a 1, b –', metadata: { a: 1, b: null } })
    }
    expect(await valueOf(not(fixed('a', null)), 'x')).toBe(null)
    expect(await valueOf(weighted([[fixed('a', null), 1]]), 'x')).toBe(null)
  })

  test('a part that fails fails the whole', async () => {
    await expect(judge(all([includes(), fixed('b', 1)]), { a: 1 }, 'x')).rejects.toMatchObject({
      code: 'EVALS_SCORER_FAILED',
    })
    await expect(judge(any([exactMatch()]), 'x')).rejects.toMatchObject({ code: 'EVALS_EXPECTED_MISSING' })
  })

  test('a range without an end, names that are the same, and no parts are refused', () => {
    expect(() => all([wordErrorRate()])).toThrow(/the range of "wordErrorRate" is 0 to Infinity; map\(\)/)
    expect(() => any([exactMatch(), exactMatch()])).toThrow(expect.objectContaining({ code: 'EVALS_SCORER_DUPLICATE' }))
    expect(() => all([])).toThrow(/at least one scorer/)
  })

  test('an undeclared value beyond 0 to 1, and several scores, are errors', async () => {
    await expect(
      judge(
        all([
          function much() {
            return 5
          },
        ]),
        'x',
      ),
    ).rejects.toThrow(/"much" scored 5; declare its range/)
    const several: Scorer = { name: 'several', score: () => [{ value: 1 }, { value: 0, name: 'other' }] }
    await expect(judge(not(several), 'x')).rejects.toThrow(/"several" gave several scores, not one/)
  })
})

describe('map', () => {
  test('changes what is judged and keeps name, scale and metrics', async () => {
    const scorer = map(bleu(), { output: (output) => String(output).toUpperCase() })
    expect(scorer).toMatchObject({ name: 'bleu', range: [0, 100], metrics: [{ name: 'corpus' }], needsExpected: true })
    expect(await valueOf(scorer, 'a b c d', 'A B C D')).toBe(100)
    const answer = map(exactMatch(), {
      output: (output) => (output as { answer: string }).answer,
      expected: (expected, { metadata }) => `${String(expected)}${String(metadata['unit'])}`,
    })
    const sample = { output: { answer: '5 kg' }, expected: '5 ', metadata: { unit: 'kg' } }
    expect(await judgeSample(answer, sample)).toEqual({ value: 1 })
  })

  test('takes another name, without the metrics of the old one', () => {
    const scorer = map(bleu(), { name: 'shouted' })
    expect(scorer).toMatchObject({ name: 'shouted', range: [0, 100] })
    expect(scorer.metrics).toBeUndefined()
  })

  test('changes the value, with a scale of its own', async () => {
    const close = map(levenshtein(), { value: (value) => value >= 0.5, scale: { kind: 'binary' } })
    expect(close).toMatchObject({ name: 'levenshtein', kind: 'binary', range: [0, 1], direction: 'higher' })
    expect(await judge(close, 'abcd', 'abcx')).toEqual({ value: true, explanation: 'distance 1, length 4' })
    const accuracy = map(wordErrorRate(), { value: (rate) => Math.max(0, 1 - rate) })
    expect(accuracy).toMatchObject({ range: [0, 1], direction: 'higher' })
    expect(accuracy.metrics).toBeUndefined()
    expect(await valueOf(all([accuracy]), 'a b', 'a c')).toBe(0.5)
    expect(await valueOf(map(fixed('a', null), { value: () => 1 }), 'x')).toBe(null)
  })

  test('refuses what is no function, and misses expected like its scorer', async () => {
    expect(() => map(exactMatch(), { output: 'answer' as never })).toThrow(/option "output" must be a function/)
    expect(() => map(exactMatch(), { scale: { kind: 'graded' } })).toThrow(/there is no `value`/)
    await expect(async () => judge(map(exactMatch(), { expected: () => 'x' }), 'x')).rejects.toMatchObject({
      code: 'EVALS_EXPECTED_MISSING',
    })
  })
})

test('combinations stay in [0, 1], between the parts, and De Morgan holds', async () => {
  const value = fc.double({ min: 0, max: 1, noNaN: true })
  const weight = fc.double({ min: 0.001, max: 100, noNaN: true })
  await fc.assert(
    fc.asyncProperty(value, value, weight, weight, async (a, b, v, w) => {
      const parts = [fixed('a', a), fixed('b', b)] as const
      const least = Number(await valueOf(all(parts), 'x'))
      const most = Number(await valueOf(any(parts), 'x'))
      expect([least, most]).toEqual([Math.min(a, b), Math.max(a, b)])
      const mean = Number(
        await valueOf(
          weighted([
            [parts[0], v],
            [parts[1], w],
          ]),
          'x',
        ),
      )
      expect(mean).toBeGreaterThanOrEqual(least - 1e-12)
      expect(mean).toBeLessThanOrEqual(most + 1e-12)
      const neither = all([not(parts[0], { name: 'x' }), not(parts[1], { name: 'y' })])
      expect(await valueOf(not(any(parts)), 'x')).toBe(await valueOf(neither, 'x'))
    }),
  )
})
