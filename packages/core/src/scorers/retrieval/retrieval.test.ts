import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from '../golden.test-support.ts'
import { judge, judgeSample, valueOf } from '../judge.test-support.ts'
import { averagePrecision } from './average-precision.ts'
import { mrr } from './mrr.ts'
import { ndcg } from './ndcg.ts'
import { precisionAtK } from './precision-at-k.ts'
import { recallAtK } from './recall-at-k.ts'

const {
  tolerance,
  ndcg: graded,
  set,
} = readGolden<{
  readonly tolerance: number
  readonly ndcg: { readonly relevance_in_rank_order: readonly number[] } & Readonly<Record<string, number>>
  readonly set: { readonly retrieved: readonly string[]; readonly gold: readonly string[] } & Readonly<
    Record<string, number>
  >
}>('retrieval-metrics')

const factories = { precisionAtK, recallAtK, mrr, averagePrecision, ndcg }

test.for(Object.entries(factories))('%s declares how its values are read', ([name, factory]) => {
  expect(factory()).toMatchObject({ name, kind: 'graded', range: [0, 1], direction: 'higher', needsExpected: true })
})

describe('golden values', () => {
  test.for([1, 2, 3, 5])('precision, recall and hit at %i', async (k) => {
    const { retrieved, gold } = set
    expect(await valueOf(precisionAtK({ k }), retrieved, gold)).toBeCloseTo(set[`precision@${k}`]!, 9)
    expect(await valueOf(recallAtK({ k }), retrieved, gold)).toBeCloseTo(set[`recall@${k}`]!, 9)
    const hit = set[`hit@${k}`]
    if (hit !== undefined) expect(Math.ceil(Number(await valueOf(recallAtK({ k }), retrieved, gold)))).toBe(hit)
  })

  test('reciprocal rank and average precision', async () => {
    expect(await valueOf(mrr(), set.retrieved, set.gold)).toBe(set['mrr'])
    expect(await valueOf(averagePrecision(), set.retrieved, set.gold)).toBeCloseTo(set['average_precision']!, 9)
  })

  const ids = graded.relevance_in_rank_order.map((_, index) => `d${index}`)
  const relevance = Object.fromEntries(ids.map((id, index) => [id, graded.relevance_in_rank_order[index]]))

  test.for([
    ['ndcg_linear', {}],
    ['ndcg_exp', { gain: 'exponential' }],
    ['ndcg@3_linear', { k: 3 }],
  ] as const)('%s', async ([figure, options]) => {
    const value = Number(await valueOf(ndcg(options), ids, relevance))
    expect(Math.abs(value - graded[figure]!)).toBeLessThanOrEqual(tolerance)
  })
})

test('ids come from strings, numbers, objects, or where `retrieved` finds them', async () => {
  expect(await valueOf(recallAtK(), [{ id: 7, text: 'x' }, 'b'], ['7', 'b', 'c', 'd'])).toBe(0.5)
  const scorer = mrr({ retrieved: ({ metadata }) => metadata['ids'] as string[] })
  expect(await judgeSample(scorer, { output: 'an answer', expected: 'b', metadata: { ids: ['a', 'b'] } })).toEqual({
    value: 1 / 2,
    explanation: 'the first relevant one is at place 2',
  })
})

test('a document that comes again is not found again, and empty places count in precision', async () => {
  expect(await judge(precisionAtK(), ['a', 'a', 'b'], ['a'])).toEqual({
    value: 0.5,
    explanation: '1 of 2 are relevant',
  })
  expect(await valueOf(precisionAtK({ k: 10 }), ['a'], ['a'])).toBe(0.1)
  expect(await valueOf(averagePrecision(), ['a', 'a'], ['a', 'b'])).toBe(0.5)
})

test.for(Object.entries(factories))('%s: nothing retrieved is 0, nothing relevant is no score', async ([, factory]) => {
  expect(await valueOf(factory(), [], ['a'])).toBe(0)
  expect(await valueOf(factory(), null, ['a'])).toBe(0)
  expect(await judge(factory(), ['a'], [])).toEqual({ value: null, explanation: 'nothing is relevant' })
  expect(await valueOf(factory(), ['a'], { a: 0 })).toBe(null)
})

test.for([
  ['an answer', ['a'], 'EVALS_SCORER_FAILED', /the output must be an array of ids, but is a string/],
  [[null], ['a'], 'EVALS_SCORER_FAILED', /has null in it/],
  [['a'], { a: -1 }, 'EVALS_SCORER_FAILED', /relevance of "a" must be a number of at least 0, but is -1/],
  [['a'], { a: Number.NaN }, 'EVALS_SCORER_FAILED', /but is NaN/],
  [['a'], undefined, 'EVALS_EXPECTED_MISSING', /no expected value/],
] as const)('cannot judge %j against %j', async ([output, expected, code, message]) => {
  await expect(async () => judge(ndcg(), output, expected)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  })
})

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const ranking = fc.uniqueArray(id)
const relevant = fc.dictionary(id, fc.integer({ min: 1, max: 3 }), { minKeys: 1 })
const cut = fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined })

test('all lie in [0, 1]; the best order is 1; more places never lower recall', async () => {
  await fc.assert(
    fc.asyncProperty(ranking, relevant, cut, async (retrieved, expected, k) => {
      const options = k === undefined ? {} : { k }
      for (const factory of Object.values(factories)) {
        const value = Number(await valueOf(factory(options), retrieved, expected))
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1)
      }
      const best = Object.keys(expected).toSorted((a, b) => expected[b]! - expected[a]!)
      for (const factory of [mrr, ndcg]) expect(await valueOf(factory(options), best, expected)).toBe(1)
      for (const factory of [precisionAtK, recallAtK, averagePrecision]) {
        expect(await valueOf(factory(), best, expected)).toBeCloseTo(1, 12)
      }
      const [less, more] = [
        await valueOf(recallAtK({ k: 1 }), retrieved, expected),
        await valueOf(recallAtK({ k: 3 }), retrieved, expected),
      ]
      expect(Number(more)).toBeGreaterThanOrEqual(Number(less))
    }),
  )
})

test('putting a relevant document before another one never lowers a score', async () => {
  await fc.assert(
    fc.asyncProperty(ranking, relevant, fc.nat(), async (retrieved, expected, at) => {
      fc.pre(retrieved.length > 1)
      const place = at % (retrieved.length - 1)
      const [first, second] = [retrieved[place]!, retrieved[place + 1]!]
      fc.pre((expected[second] ?? 0) > (expected[first] ?? 0))
      const better = retrieved.toSpliced(place, 2, second, first)
      for (const factory of [mrr, ndcg, averagePrecision]) {
        const [before, after] = [
          await valueOf(factory(), retrieved, expected),
          await valueOf(factory(), better, expected),
        ]
        expect(Number(after)).toBeGreaterThanOrEqual(Number(before) - 1e-12)
      }
    }),
  )
})
