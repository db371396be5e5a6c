import { toSampleResult, type SampleRecord, type ScorerDeclaration } from '@evals/core'
import { makeRecord } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { WorstSamples } from './worst-samples.ts'

const latency: ScorerDeclaration = { name: 'latency', range: [0, Infinity], direction: 'lower' }
const right: ScorerDeclaration = { name: 'right', kind: 'binary', range: [0, 1] }
const grade: ScorerDeclaration = { name: 'grade', range: [1, 5] }

function worstOf(
  scorers: readonly ScorerDeclaration[],
  ...samples: readonly Record<string, number | null>[]
): unknown[] {
  const worst = new WorstSamples(scorers)
  for (const [index, values] of samples.entries()) {
    const scores = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]))
    worst.add({ id: String(index), epoch: 0, input: 'q', output: 'a', scores } as unknown as SampleRecord)
  }
  return worst.list().map(({ id, scorer, value }) => `${id} ${scorer} ${value}`)
}

test('the worst by the scorers’ ranges, worst first; a perfect score is never among them', () => {
  expect(
    worstOf([right, grade], { right: 1, grade: 2 }, { right: 0, grade: 5 }, { right: 1, grade: 5 }, { grade: 4 }),
  ).toEqual(['1 right 0', '0 grade 2', '3 grade 4'])
})

test.for([
  { ends: 'infinity', range: [0, Infinity] as const },
  { ends: 'null, as JSON has it', range: [0, null] as unknown as readonly [number, number] },
])('where the worst end is $ends, the farthest from the best come after what is surely bad', ({ range }) => {
  const scorers = [{ ...latency, range }, right]
  expect(
    worstOf(scorers, { latency: 80 }, { latency: 900, right: 1 }, { latency: 0 }, { latency: 3, right: 0 }),
  ).toEqual(['3 right 0', '1 latency 900', '0 latency 80'])
})

test('only five are kept, of an unbounded scorer too', () => {
  const samples = Array.from({ length: 20 }, (_, index) => ({ latency: index * 10 }))
  expect(worstOf([latency], ...samples)).toEqual([
    '19 latency 190',
    '18 latency 180',
    '17 latency 170',
    '16 latency 160',
    '15 latency 150',
  ])
})

test('where the best end is infinite, the nearest to the worst one', () => {
  const reward: ScorerDeclaration = { name: 'reward', range: [0, Infinity] }
  expect(worstOf([reward], { reward: 7 }, { reward: 1 }, { reward: 30 })).toEqual([
    '1 reward 1',
    '0 reward 7',
    '2 reward 30',
  ])
  const free: ScorerDeclaration = { name: 'free', range: [-Infinity, Infinity] }
  expect(worstOf([free], { free: 7 })).toEqual([])
})

test('without a range, 1 is best (0 where lower is better), and more is no worse', () => {
  expect(worstOf([], { own: 0.2 }, { own: 1 }, { own: 5 }, { own: null })).toEqual(['0 own 0.2'])
  expect(worstOf([{ name: 'errors', direction: 'lower' }], { errors: 3 }, { errors: 0 })).toEqual(['0 errors 3'])
})

test('an attachment is shown by its type and size', () => {
  const png = { $blob: '5c9a'.repeat(16), mediaType: 'image/png', bytes: 1111 }
  const worst = new WorstSamples([])
  const parts = { id: 'a', epoch: 0, scores: { own: { value: 0 } }, expected: { $blob: 'my own' } }
  worst.add({ ...parts, input: { image: png, side: 'front' }, output: png } as unknown as SampleRecord)
  expect(worst.list()).toEqual([
    {
      id: 'a',
      epoch: 0,
      scorer: 'own',
      value: 0,
      input: '{"image":"image/png, 1,111 bytes","side":"front"}',
      expected: '{"$blob":"my own"}',
      output: 'image/png, 1,111 bytes',
    },
  ])
})

test('what was recorded before belongs among them by its result, without the scores of removed scorers', () => {
  const scored = (id: string, value: number, former: number): SampleRecord =>
    makeRecord({ id, scores: { right: { value, kind: 'binary' }, part: { value: former, scorer: 'former' } } })
  const worst = new WorstSamples([right], ['former'])
  worst.add(scored('own', 0, 1))
  worst.add(scored('good', 1, 0))
  expect(worst.list().map(({ id }) => id)).toEqual(['own'])
  const records = [scored('own', 0, 1), scored('kept', 0, 1), scored('fine', 1, 1)]
  const results = [...records, makeRecord({ id: 'broken', outcome: 'error', scores: {} })].map(toSampleResult)
  expect(worst.lacking(results)).toEqual(new Set(['kept']))
  worst.add(records[1]!)
  expect(worst.list().map(({ id }) => id)).toEqual(['own', 'kept'])
  expect(worst.lacking(results)).toEqual(new Set())
})

test('of what was recorded before only what is worse than all five', () => {
  const graded = (id: string, value: number): SampleRecord => makeRecord({ id, scores: { grade: { value } } })
  const worst = new WorstSamples([grade])
  for (const id of ['a', 'b', 'c', 'd', 'e']) worst.add(graded(id, 2))
  const before = [graded('f', 3), graded('g', 1), graded('h', 2), graded('i', 5)]
  expect(worst.lacking(before.map(toSampleResult))).toEqual(new Set(['g']))
})
