import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from '../golden.test-support.ts'
import { judge, metricOf, valueOf } from '../judge.test-support.ts'
import { bleu, type BleuOptions } from './bleu.ts'

interface Corpus {
  readonly hyps: readonly string[]
  readonly ref_streams: readonly (readonly string[])[]
  readonly options: { readonly tokenize?: string; readonly lowercase?: boolean; readonly smooth_method?: string }
  readonly score: number
}

interface Golden {
  readonly tolerance: number
  readonly corpus_bleu: readonly Corpus[]
  readonly sentence_bleu: readonly { readonly hyp: string; readonly refs: readonly string[]; readonly score: number }[]
  readonly nltk: readonly {
    readonly hyp_tokens: readonly string[]
    readonly ref_tokens: readonly (readonly string[])[]
    readonly nltk_bleu4_no_smoothing: number
    readonly nltk_bleu4_method1: number
    readonly nltk_bleu1: number
  }[]
}

const golden = readGolden<Golden>('bleu-chrf-ter')

/** Samples of a corpus given as sacreBLEU takes it: one list for each place of a reference. */
function samplesOf({ hyps, ref_streams }: Corpus): [string, (string | undefined)[]][] {
  return hyps.map((output, index) => [output, ref_streams.map((stream) => stream[index])])
}

test('declares how its values are read', () => {
  expect(bleu()).toMatchObject({
    name: 'bleu',
    kind: 'graded',
    range: [0, 100],
    direction: 'higher',
    needsExpected: true,
    metrics: [{ name: 'corpus' }],
  })
})

describe('sacreBLEU 2.6.0', () => {
  test.for(golden.corpus_bleu)('corpus: $hyps, $options: $score', async (corpus) => {
    const { tokenize, lowercase, smooth_method } = corpus.options
    const options = { tokenize, ignoreCase: lowercase, smoothing: smooth_method } as BleuOptions
    const score = await metricOf(bleu(options), 'corpus', samplesOf(corpus))
    expect(Math.abs(Number(score) - corpus.score)).toBeLessThanOrEqual(golden.tolerance)
  })

  test.for(golden.sentence_bleu)('sentence: $hyp: $score', async ({ hyp, refs, score }) => {
    expect(Math.abs(Number(await valueOf(bleu(), hyp, refs)) - score)).toBeLessThanOrEqual(golden.tolerance)
  })

  test.for([
    ['none', 49.19195660047277],
    ['char', 72.61064153440596],
  ] as const)('tokenize %s: %d', async ([tokenize, score]) => {
    expect(await metricOf(bleu({ tokenize }), 'corpus', samplesOf(golden.corpus_bleu[0]!))).toBeCloseTo(score, 6)
  })
})

test.for(golden.nltk)('NLTK 3.8, from 0 to 1: $hyp_tokens', async (row) => {
  const output = row.hyp_tokens.join(' ')
  const references = row.ref_tokens.map((tokens) => tokens.join(' '))
  const score = async (options: BleuOptions) => {
    return Number(await valueOf(bleu({ tokenize: 'none', ...options }), output, references)) / 100
  }
  expect(await score({ smoothing: 'none' })).toBeCloseTo(row.nltk_bleu4_no_smoothing, 9)
  expect(await score({ smoothing: 'floor' })).toBeCloseTo(row.nltk_bleu4_method1, 9)
  expect(await score({ smoothing: 'none', maxOrder: 1 })).toBeCloseTo(row.nltk_bleu1, 9)
})

test('leaves the counts behind, from which the corpus is computed', async () => {
  const { metadata } = await judge(bleu(), 'The cat sat.', ['The cat is on the mat.', 'A cat sat.'])
  expect(metadata).toEqual({ counts: [4, 4, 4, 3, 1, 0, 4, 3, 2, 1] })
})

test('an output that is missing counts in the corpus', async () => {
  expect(await valueOf(bleu(), null, 'a b c d')).toBe(0)
  const short = await metricOf(bleu(), 'corpus', [
    ['a b c d', 'a b c d'],
    [undefined, 'a b c d'],
  ])
  expect(short).toBeCloseTo(100 * Math.exp(-1), 9)
})

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '.', '3.5'), { maxLength: 12 }).map((list) => list.join(' '))
const sentence = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '.'), { minLength: 1, maxLength: 12 })

test('lies in [0, 100], and a text is its own best translation, alone and as a corpus', async () => {
  await fc.assert(
    fc.asyncProperty(words, words, sentence, async (output, reference, same) => {
      const value = Number(await valueOf(bleu(), output, reference))
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(100)
      expect(await valueOf(bleu(), same.join(' '), same.join(' '))).toBeCloseTo(100, 9)
      const four = [...same, ...same, ...same, ...same].join(' ')
      expect(
        await metricOf(bleu(), 'corpus', [
          [four, four],
          [four, four],
        ]),
      ).toBeCloseTo(100, 9)
    }),
  )
})

test('another reference never lowers the precision, and a copy changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(words, words, words, async (output, a, b) => {
      const counts = async (references: readonly string[]) => {
        return (await judge(bleu(), output, references)).metadata?.['counts'] as number[]
      }
      const [one, two] = [await counts([a]), await counts([a, b])]
      for (const order of [2, 3, 4, 5]) expect(two[order]).toBeGreaterThanOrEqual(one[order]!)
      expect(await counts([a, a])).toEqual(one)
    }),
  )
})
