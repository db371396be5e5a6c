import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare } from '../comparison/compare.ts'
import { side } from '../comparison/compared-result.test-support.ts'
import type { ScorerDeclaration, ScorerSummary } from './eval-summary.ts'
import { makeResult } from './sample-result.test-support.ts'
import type { ResultScore } from './sample-result.ts'
import { summarizeScores } from './summarize-scores.ts'

async function figures(
  values: readonly ResultScore[],
  scale: Omit<ScorerDeclaration, 'name'> = {},
  clusterOf?: (index: number) => string,
): Promise<ScorerSummary> {
  const results = values.map((value, index) =>
    makeResult({ id: `${index}`, scores: { s: value }, ...(clusterOf && { cluster: clusterOf(index) }) }),
  )
  const summaries = await summarizeScores(results, [{ name: 's', ...scale }], { planning: true })
  return summaries['s']!
}

test('equal graded scores have an interval where the scorer declares a range, which the summary keeps', async () => {
  const equal = Array.from({ length: 20 }, () => 0.5)
  expect(await figures(equal, { kind: 'graded', range: [0, 1] })).toMatchObject({ method: 'all-equal', range: [0, 1] })
  expect(await figures(equal, { kind: 'graded', range: [0, Infinity] })).toMatchObject({ ci: null, range: [0, null] })
})

test('skewed scores have a bootstrap interval', async () => {
  const skewed = Array.from({ length: 40 }, (_, index) => (index === 0 ? 1 : 0.01 * (index % 2)))
  expect(await figures(skewed, { kind: 'graded', range: [0, 1] })).toMatchObject({ method: 'bootstrap-bca' })
})

test('perfect scores stay within a range that ends at a number binary floating point does not have', async () => {
  const scale = { kind: 'graded', range: [0, 0.9] } as const
  const perfect = Array<number>(10).fill(0.9)
  const expected = { mean: 0.9, method: 'all-equal', ci: [expect.any(Number), 0.9] }
  expect(await figures(perfect, scale, (index) => `${index % 3}`)).toMatchObject({ ...expected, clusters: 3 })
  // Three times this is rounded to 5, and 5 / 3 is one bit more.
  const end = 1.6666666666666665
  const rounded = await figures([end, end, end], { kind: 'graded', range: [0, end] })
  expect(rounded).toMatchObject({ mean: end, method: 'all-equal', ci: [expect.any(Number), end] })
  const epochs = perfect.flatMap((score, epoch) =>
    ['a', 'b'].map((id) => makeResult({ id, epoch, scores: { s: score } })),
  )
  expect(await summarizeScores(epochs, [{ name: 's', ...scale }])).toMatchObject({ s: { ...expected, n: 2 } })
})

test('clusters count instead of samples: a cluster of equal answers is worth one of them', async () => {
  const values = Array.from({ length: 40 }, (_, index) => Number(index % 8 < 4))
  const alone = await figures(values, { kind: 'binary' })
  const clustered = await figures(values, { kind: 'binary' }, (index) => `${Math.floor(index / 4)}`)
  expect(clustered).toMatchObject({ n: 40, mean: 0.5, clusters: 10, method: 't' })
  // s/√C with s² = 10/9·¼ over ten clusters that are all right or all wrong.
  expect(clustered.stderr).toBeCloseTo(Math.sqrt(10 / 9 / 4 / 10), 12)
  expect(alone.ci![1] - alone.ci![0]).toBeLessThan(clustered.ci![1] - clustered.ci![0])
  expect(alone).not.toHaveProperty('clusters')
  expect(clustered.minimumDetectableDifference).toBeGreaterThan(alone.minimumDetectableDifference!)
})

test('scores that are not what their scorer declares still have a mean, and a note', async () => {
  expect(await figures([0, 1, 0.5], { kind: 'binary' })).toMatchObject({
    mean: 0.5,
    note: 'some scores are not what the scorer declares',
  })
  expect(await figures([0, 7], { kind: 'graded', range: [0, 1] })).toMatchObject({ mean: 3.5, method: 't' })
})

test('what a next run would show is what a comparison with unrelated answers could have seen', async () => {
  const base = Array.from({ length: 200 }, (_, index) => index % 2 === 0)
  // Right in half of the samples on either side, and that has nothing to do with each other.
  const other = base.map((_right, index) => index % 4 < 2)
  const { scores } = await compare(side(base), side(other))
  const { minimumDetectableDifference: planned } = await figures(base, { kind: 'binary' })
  expect(planned).toBeCloseTo(scores[0]!.minimumDetectableDifference!, 12)
  const graded = base.map((right, index) => Number(right) + 0.001 * (index % 3))
  const found = await figures(graded, { kind: 'graded' })
  // (t₀.₉₇₅ + t₀.₈)·√(2s²/n), s = ½
  expect(found.minimumDetectableDifference).toBeCloseTo((1.972 + 0.843) * Math.sqrt((2 * 0.25) / 200), 2)
})

test('it is unknown for few samples, without spread, and where no difference in the range would do', async () => {
  expect(await figures([true, false], { kind: 'binary' })).toMatchObject({ minimumDetectableDifference: null })
  expect(await figures([0.1, 0.2, 0.3, 0.4], { kind: 'graded' })).toMatchObject({ minimumDetectableDifference: null })
  const alternating = [0, 1, 0, 1, 0, 1]
  const share = { kind: 'graded', range: [0, 1] } as const
  expect(await figures(alternating, share)).toMatchObject({ minimumDetectableDifference: null })
  expect(await figures([3, 3, 3, 3, 3, 3, 3], { kind: 'graded' })).toMatchObject({ minimumDetectableDifference: null })
})

test('property: more samples of the same kind never see less', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 10, max: 60 }), fc.integer({ min: 1, max: 9 }), async (tens, tenths) => {
      const values = (n: number): boolean[] => Array.from({ length: n }, (_, index) => index % 10 < tenths)
      const [few, many] = [await figures(values(tens * 10)), await figures(values(tens * 20))]
      expect(many.minimumDetectableDifference).toBeLessThan(few.minimumDetectableDifference!)
    }),
    { numRuns: 20 },
  )
})
