import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGolden } from '../golden.test-support.ts'
import { judge, valueOf } from '../judge.test-support.ts'
import { rouge } from './rouge.ts'

interface Row {
  readonly type: 'rouge1' | 'rouge2' | 'rougeL' | 'rougeLsum'
  readonly stemmer: boolean
  readonly target: string
  readonly prediction: string
  readonly precision: number
  readonly recall: number
  readonly fmeasure: number
  readonly rouge155?: readonly [number, number, number]
}

const golden = readGolden<{ readonly tolerance: number; readonly rows: readonly Row[] }>('rouge')

test('declares how its values are read', () => {
  expect(rouge()).toMatchObject({
    name: 'rouge',
    kind: 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

test.for(golden.rows)('$type, stems $stemmer: $prediction against $target', async (row) => {
  const scorer = rouge({ type: row.type, stem: row.stemmer })
  const { value, metadata } = await judge(scorer, row.prediction, row.target)
  const found = [metadata?.['precision'], metadata?.['recall'], value].map(Number)
  for (const [index, expected] of [row.precision, row.recall, row.fmeasure].entries()) {
    expect(Math.abs(found[index]! - expected)).toBeLessThanOrEqual(golden.tolerance)
    if (row.rouge155 !== undefined) expect(found[index]).toBeCloseTo(row.rouge155[index]!, 5)
  }
})

test('of several references the best counts', async () => {
  expect(await valueOf(rouge(), 'a b c', ['x y z', 'a b d', 'a'])).toBeCloseTo(2 / 3, 9)
})

test('other scripts have words only with `words: unicode`', async () => {
  expect(await valueOf(rouge(), 'שלום עולם', 'שלום עולם')).toBe(0)
  expect(await valueOf(rouge({ words: 'unicode' }), 'שלום עולם', 'שלום עולם')).toBe(1)
  expect(await valueOf(rouge({ words: 'unicode' }), 'Zürich', 'zürich')).toBe(1)
})

test('more than 25 million pairs of words are refused for sequences, not for n-grams', async () => {
  const long = 'a '.repeat(5001)
  await expect(async () => judge(rouge(), long, long)).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('pairs of words'),
  })
  expect(await valueOf(rouge({ type: 'rouge1' }), long, long)).toBe(1)
})

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'running', 'runs', '\n', 'x.'), { maxLength: 14 })
  .map((words) => words.join(' '))
const types = fc.constantFrom('rouge1', 'rouge2', 'rougeL', 'rougeLsum')

test('lies in [0, 1], is symmetric where no lines are, and 1 for equal texts with enough words', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, types, fc.boolean(), async (a, b, type, stem) => {
      const scorer = rouge({ type, stem })
      const value = Number(await valueOf(scorer, a, b))
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
      if (type !== 'rougeLsum') expect(value).toBeCloseTo(Number(await valueOf(scorer, b, a)), 12)
      const words = a.match(/\w+/g)?.length ?? 0
      expect(await valueOf(scorer, a, a)).toBe(words >= (type === 'rouge2' ? 2 : 1) ? 1 : 0)
      const upper = await valueOf(scorer, a.toUpperCase(), b)
      expect(upper).toBe(value)
    }),
  )
})

test('a subsequence is no longer than the words that are shared', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (a, b) => {
      const unigrams = Number(await valueOf(rouge({ type: 'rouge1' }), a, b))
      expect(await valueOf(rouge({ type: 'rougeL' }), a, b)).toBeLessThanOrEqual(unigrams + 1e-12)
    }),
  )
})
