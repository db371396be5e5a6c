import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGolden } from '../golden.test-support.ts'
import { judge, metricOf, valueOf } from '../judge.test-support.ts'
import { ter } from './ter.ts'
import { wordErrorRate } from './word-error-rate.ts'

interface Row {
  readonly hyps: readonly string[]
  readonly ref_streams: readonly (readonly string[])[]
  readonly score: number
  readonly num_edits: number
  readonly ref_length: number
}

const golden = readGolden<{ readonly tolerance: number; readonly ter: readonly Row[] }>('bleu-chrf-ter')

test('declares how its values are read', () => {
  expect(ter()).toMatchObject({
    name: 'ter',
    kind: 'graded',
    range: [0, Infinity],
    direction: 'lower',
    needsExpected: true,
    metrics: [{ name: 'corpus' }],
  })
})

test.for(golden.ter)('sacreBLEU 2.6.0: $hyps: $score', async (row) => {
  const samples = row.hyps.map((output, index) => [output, row.ref_streams.map((stream) => stream[index])] as const)
  const score = Number(await metricOf(ter(), 'corpus', samples))
  expect(Math.abs(score - row.score)).toBeLessThanOrEqual(golden.tolerance)
  const counts = await Promise.all(samples.map(async (sample) => (await judge(ter(), ...sample)).metadata?.['counts']))
  const sum = (index: number) => counts.reduce((total: number, each) => total + (each as number[])[index]!, 0)
  expect([sum(0), sum(1)]).toEqual([row.num_edits, row.ref_length])
})

test.for([
  ['', '', {}, 0],
  ['a', '', {}, 100],
  [undefined, 'a b', {}, 100],
  ['A b.', 'a b.', {}, 0],
  ['A b.', 'a b.', { ignoreCase: false }, 50],
  ['a, b!', 'a b', { ignorePunctuation: true }, 0],
  ['a b.', 'a b .', { normalize: true }, 0],
  ["it's 3.5", "it 's 3.5", { normalize: true }, 0],
  ['c d a b', 'a b c d', {}, 25],
] as const)('%j against %j with %j: %d', async ([output, expected, options, value]) => {
  expect(await valueOf(ter(options), output, expected)).toBe(value)
})

test('more than 2,000 words are refused', async () => {
  await expect(async () => judge(ter(), 'a '.repeat(2001), 'a')).rejects.toMatchObject({
    code: 'EVALS_SCORER_FAILED',
    message: expect.stringContaining('2,001 words, at most 2,000'),
  })
})

const sentence = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 10 })

test('is 0 only for equal texts, and shifts only ever save edits', async () => {
  await fc.assert(
    fc.asyncProperty(sentence, sentence, async (a, b) => {
      const [output, reference] = [a.join(' '), b.join(' ')]
      const value = Number(await valueOf(ter(), output, reference))
      expect(value === 0).toBe(output === reference)
      expect(value).toBeLessThanOrEqual(100 * Number(await valueOf(wordErrorRate(), output, reference)) + 1e-9)
    }),
  )
})
