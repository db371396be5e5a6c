import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readGolden } from '../golden.test-support.ts'
import { judge, metricOf, valueOf } from '../judge.test-support.ts'
import { chrf, type ChrfOptions } from './chrf.ts'

interface Row {
  readonly hyps: readonly string[]
  readonly ref_streams: readonly (readonly string[])[]
  readonly options: { readonly word_order?: number; readonly beta?: number; readonly eps_smoothing?: boolean }
  readonly score: number
}

const golden = readGolden<{ readonly tolerance: number; readonly chrf: readonly Row[] }>('bleu-chrf-ter')

test('declares how its values are read', () => {
  expect(chrf()).toMatchObject({
    name: 'chrf',
    kind: 'graded',
    range: [0, 100],
    direction: 'higher',
    needsExpected: true,
    metrics: [{ name: 'corpus' }],
  })
})

test.for(golden.chrf)('sacreBLEU 2.6.0: $hyps, $options: $score', async ({ hyps, ref_streams, options, score }) => {
  const { word_order, beta, eps_smoothing } = options
  const smoothing = eps_smoothing === true ? 'epsilon' : undefined
  const scorer = chrf({ wordOrder: word_order, beta, smoothing } as ChrfOptions)
  const samples = hyps.map((output, index) => [output, ref_streams.map((stream) => stream[index])] as const)
  expect(Math.abs(Number(await metricOf(scorer, 'corpus', samples)) - score)).toBeLessThanOrEqual(golden.tolerance)
  if (samples.length > 1) return
  expect(Math.abs(Number(await valueOf(scorer, ...samples[0]!)) - score)).toBeLessThanOrEqual(golden.tolerance)
})

test('counts code points, and white space only when told to', async () => {
  const { metadata } = await judge(chrf({ characterOrder: 2 }), '😀 a', '😀b')
  expect(metadata).toEqual({ counts: [2, 2, 1, 1, 1, 0] })
  expect(await valueOf(chrf(), 'a b', 'ab')).toBe(100)
  expect(await valueOf(chrf({ whitespace: true }), 'a b', 'ab')).toBeLessThan(100)
  expect(await valueOf(chrf({ ignoreCase: true }), 'ABC', 'abc')).toBe(100)
  expect(await valueOf(chrf(), undefined, 'abc')).toBe(0)
})

test('word n-grams are of words without one mark at an edge', async () => {
  const { metadata } = await judge(chrf({ characterOrder: 1, wordOrder: 1 }), '(hi) "a b', 'hi) " a')
  expect(metadata).toEqual({ counts: [7, 5, 5, 5, 4, 3] })
})

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '😀', '.'), maxLength: 30 })

test('lies in [0, 100], is 100 for equal texts, symmetric for beta 1, best over references', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, async (a, b, c) => {
      const value = Number(await valueOf(chrf(), a, b))
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(100)
      expect(await valueOf(chrf(), a, a)).toBe(a.trim() === '' ? 0 : 100)
      expect(await valueOf(chrf({ beta: 1 }), a, b)).toBeCloseTo(Number(await valueOf(chrf({ beta: 1 }), b, a)), 9)
      expect(await valueOf(chrf(), a, [b, c])).toBe(Math.max(value, Number(await valueOf(chrf(), a, c))))
    }),
  )
})
