import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGolden } from '../golden.test-support.ts'
import { judge, metricOf, valueOf } from '../judge.test-support.ts'
import { squad } from './squad.ts'
import { squadWords } from './squad-words.ts'
import { tokenF1 } from './token-f1.ts'

interface Row {
  readonly prediction: string
  readonly golds: readonly string[]
  readonly normalized_prediction: string
  readonly em: number
  readonly f1_v1: number
  readonly f1_v2: number
}

const { rows, tolerance } = readGolden<{ readonly tolerance: number; readonly rows: readonly Row[] }>('squad-qa')

test('declares how its values are read', () => {
  expect(squad()).toMatchObject({
    name: 'squad',
    kind: 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
    metrics: [{ name: 'exactMatch' }, { name: 'f1' }],
  })
  expect(tokenF1()).toMatchObject({
    name: 'tokenF1',
    kind: 'graded',
    range: [0, 1],
    direction: 'higher',
    needsExpected: true,
  })
})

test.for(rows)('$prediction against $golds', async ({ prediction, golds, normalized_prediction, em, f1_v1, f1_v2 }) => {
  expect(squadWords(prediction).join(' ')).toBe(normalized_prediction)
  for (const [version, f1] of [
    ['1.1', f1_v1],
    ['2.0', f1_v2],
  ] as const) {
    const { value, metadata } = await judge(squad({ version }), prediction, golds)
    expect(Math.abs(Number(value) - f1)).toBeLessThanOrEqual(tolerance)
    expect(metadata).toEqual({ exactMatch: em, f1: value })
  }
  expect(Math.abs(Number(await valueOf(tokenF1(), prediction, golds)) - f1_v1)).toBeLessThanOrEqual(tolerance)
})

test('the metrics are per cent, as the official script prints them', async () => {
  const samples = rows.map(({ prediction, golds }) => [prediction, golds] as const)
  const mean = (values: readonly number[]) => (100 * values.reduce((sum, value) => sum + value, 0)) / values.length
  const scorer = squad({ version: '1.1' })
  expect(await metricOf(scorer, 'exactMatch', samples)).toBeCloseTo(mean(rows.map(({ em }) => em)), 9)
  expect(await metricOf(scorer, 'f1', samples)).toBeCloseTo(mean(rows.map((row) => row.f1_v1)), 9)
})

test('no answer is right where there is none', async () => {
  expect(await valueOf(squad(), null, '')).toBe(1)
  expect(await valueOf(squad(), null, 'Paris')).toBe(0)
  expect(await valueOf(squad(), 'Paris', '')).toBe(0)
})

test.for([
  ['Broncos', 'Denver Broncos', 2 / 3],
  ['cat cat cat', 'cat', 0.5],
  ['10.5', '10,5', 1],
] as const)('%s against %s has F1 %d', async ([output, expected, f1]) => {
  expect(await valueOf(tokenF1(), output, expected)).toBeCloseTo(f1, 12)
})

test('stop words do not count', async () => {
  expect(await judge(tokenF1({ stopWords: ['of'] }), 'city of light', ['a light', 'of city'])).toEqual({
    value: 2 / 3,
    explanation: 'precision 0.500, recall 1.000',
  })
})

const text = fc
  .array(fc.constantFrom('a', 'b', 'cat', 'Cat!', 'the', 'x-y', 'é'), { maxLength: 8 })
  .map((words) => words.join(' '))

test('F1 lies in [0, 1], is symmetric, the best over answers, 1 exactly for the same words', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, async (a, b, c) => {
      const { value, metadata } = await judge(squad(), a, [b])
      expect(value).toBe(await valueOf(squad(), b, [a]))
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
      const same = squadWords(a).toSorted().join() === squadWords(b).toSorted().join()
      expect(value === 1).toBe(same)
      if (metadata?.['exactMatch'] === 1) expect(value).toBe(1)
      const best = Math.max(Number(value), Number(await valueOf(squad(), a, c)))
      expect(await valueOf(squad(), a, [b, c])).toBe(best)
      expect(await valueOf(squad(), a.toUpperCase(), b)).toBe(value)
      const shared = squadWords(a).length === 0 && squadWords(b).length === 0 ? 0 : value
      expect(await valueOf(tokenF1(), a, b)).toBe(shared)
    }),
  )
})
