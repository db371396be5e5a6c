import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runScorers } from '../scoring/run-scorers.ts'
import { toScorers } from '../scoring/to-scorers.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { ExactMatch, JSONDiff, Levenshtein, ListContains, NumericDiff, ValidJSON } from './autoevals.ts'
import { bestAssignment } from './autoevals/best-assignment.ts'
import { readGolden } from './golden.test-support.ts'
import { valueOf } from './judge.test-support.ts'
import { levenshtein } from './similarity/levenshtein.ts'
import { jsonDiff } from './structure/json-diff.ts'
import { exactMatch } from './text/exact-match.ts'

const autoevals = { ExactMatch, JSONDiff, Levenshtein, ListContains, NumericDiff, ValidJSON }

interface Row {
  readonly scorer: keyof typeof autoevals
  readonly args: { readonly output: never; readonly expected?: never; readonly preserveStrings?: boolean }
  readonly score: number
}

const golden = readGolden<{ readonly tolerance: number; readonly rows: readonly Row[] }>('autoevals-heuristics')

describe('autoevals 0.3.0', () => {
  test.for(golden.rows)('$scorer of $args: $score', async ({ scorer, args, score }) => {
    const result = await autoevals[scorer](args)
    expect(result.name).toBe(scorer)
    expect(Math.abs(Number(result.score) - score)).toBeLessThanOrEqual(golden.tolerance)
  })

  // What autoevals answers otherwise than its own definition says, and our scorers do not.
  test.for([
    ['an emoji is two characters', levenshtein, '😀a', 'a', 1 / 3, 1 / 2],
    ['true is nearly false', jsonDiff, true, false, 0.2, 0],
    ['a number is like its text', jsonDiff, '123', 123, 0.6, 0],
    ['the order of members counts', exactMatch, { a: 1, b: 2 }, { b: 2, a: 1 }, 0, 1],
    ['a text equals its number', exactMatch, '123', 123, 1, 0],
  ] as const)('%s only with compat', async ([, factory, output, expected, theirs, ours]) => {
    expect(await valueOf(factory({ compat: 'autoevals' }), output, expected)).toBeCloseTo(theirs, 9)
    expect(await valueOf(factory(), output, expected)).toBeCloseTo(ours, 9)
  })
})

test('arguments can be given ahead, and the name stays', async () => {
  const lenient = ListContains.partial({ allowExtraEntities: true })
  expect(lenient.name).toBe('ListContains')
  expect((await lenient({ output: ['a', 'b'], expected: ['b'] })).score).toBe(1)
  expect((await ListContains({ output: ['a', 'b'], expected: ['b'] })).score).toBe(0.5)
  const number = ValidJSON.partial({ schema: { type: 'number' } })
  expect(await number({ output: '5' })).toEqual({
    name: 'ValidJSON',
    score: 1,
    metadata: { schema: { type: 'number' } },
  })
  expect((await number({ output: '"5"' })).score).toBe(0)
  expect((await ValidJSON({ output: '1', schema: { type: 'nonsense' } })).score).toBe(0)
})

test('own scorers judge the parts', async () => {
  const half = ({ output }: { output: unknown }) => ({ name: 'half', score: output === 'skip' ? null : 0.5 })
  const output = { a: 'x', b: 2, c: ['y'] }
  expect((await JSONDiff({ output, expected: output, stringScorer: half })).score).toBeCloseTo(2 / 3, 12)
  expect((await JSONDiff({ output, expected: output, numberScorer: half })).score).toBeCloseTo(5 / 6, 12)
  const list = await ListContains({ output: ['a'], expected: ['b', 'c'], pairwiseScorer: half })
  expect(list).toEqual({
    name: 'ListContains',
    score: 0.25,
    metadata: { pairs: [{ output: 'a', expected: 'b', score: 0.5 }] },
  })
})

test.for(['Levenshtein', 'NumericDiff', 'ListContains'] as const)('%s needs expected', async (name) => {
  await expect(async () => autoevals[name]({ output: [] as never })).rejects.toMatchObject({
    code: 'EVALS_EXPECTED_MISSING',
  })
})

test.for(Object.entries(autoevals))('%s declares its range, also with arguments given ahead', ([name, scorer]) => {
  for (const score of [scorer, scorer.partial({})]) {
    expect(toScorers([score as never])).toEqual([{ name, range: [0, 1], score }])
  }
})

test('they are scorers of an eval as they are', async () => {
  const { scores, errors } = await runScorers(
    toScorers([ExactMatch, Levenshtein, JSONDiff, ValidJSON] as never),
    {
      input: 'q',
      output: '{"a":1}',
      expected: '{"a":2}',
      metadata: {},
      tags: [],
      calls: [],
      trace: [],
      usage: {},
      costUsd: null,
      durationMs: 1,
      epoch: 0,
      variant: {},
      signal: new AbortController().signal,
    },
    { timeoutMs: 1000, clock: new ManualClock() },
  )
  expect(errors).toEqual([])
  const values = Object.entries(scores).map(([name, { value }]) => [name, Number(value?.toFixed(4))])
  expect(values).toEqual([
    ['ExactMatch', 0],
    ['Levenshtein', 0.8571],
    ['JSONDiff', 0.6667],
    ['ValidJSON', 1],
  ])
})

test('the best assignment is the best of all, rows and columns used once', () => {
  const matrix = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([height, width]) => {
    const row = fc.array(fc.integer({ min: -5, max: 9 }), { minLength: width, maxLength: width })
    return fc.array(row, { minLength: height, maxLength: height })
  })
  fc.assert(
    fc.property(matrix, (values) => {
      const pairs = bestAssignment(values)
      expect(pairs).toHaveLength(Math.min(values.length, values[0]!.length))
      expect(new Set(pairs.map(([row]) => row)).size).toBe(pairs.length)
      expect(new Set(pairs.map(([, column]) => column)).size).toBe(pairs.length)
      const sum = pairs.reduce((total, [row, column]) => total + values[row]![column]!, 0)
      expect(sum).toBe(bestSum(values))
    }),
  )
})

/** By trying all: each row in turn takes each free column, or none where there are more rows than columns. */
function bestSum(values: readonly (readonly number[])[], used: readonly number[] = []): number {
  const [row, ...rest] = values
  if (row === undefined) return 0
  const free = row.flatMap((value, column) => (used.includes(column) ? [] : [{ value, column }]))
  const taken = free.map(({ value, column }) => value + bestSum(rest, [...used, column]))
  if (values.length > free.length) taken.push(bestSum(rest, used))
  return Math.max(...taken)
}
