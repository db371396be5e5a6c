import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bonettPriceInterval } from '../stats/bonett-price-interval.ts'
import { mcnemarTest } from '../stats/mcnemar.ts'
import { minimumDetectableDifference, sampleSize } from '../stats/power.ts'
import { compare } from './compare.ts'
import type { ComparedResult, ComparedSide } from './compared-result.ts'
import type { ScoreComparison } from './score-comparison.ts'
import { only, passing, scored, side } from './compared-result.test-support.ts'

const refused = expect.objectContaining({ code: 'EVALS_COMPARISON_INVALID' })
const graded = { qa: [{ name: 'exact', kind: 'graded', range: [0, 1] }] } as const

describe('compare', () => {
  test('of pass/fail results tells everything about the pairs', async () => {
    const comparison = await only(side(passing(80, 100)), side(passing(60, 100)))
    const n = 100
    const pairs = { n, onlyBase: 20, onlyOther: 0 }
    expect(comparison).toEqual({
      eval: 'qa',
      variant: {},
      scorer: 'exact',
      kind: 'binary',
      direction: 'higher',
      range: [0, 1],
      pairing: 'paired',
      scored: { base: n, other: n },
      unpaired: { base: {}, other: {} },
      changedRows: 0,
      scorerChanged: false,
      n,
      baseMean: expect.closeTo(0.8, 12),
      otherMean: expect.closeTo(0.6, 12),
      difference: { value: -0.2, n, stderr: expect.closeTo(0.0402, 4), interval: bonettPriceInterval(pairs) },
      test: 'mcnemar',
      exact: true,
      pValue: mcnemarTest(20, 0),
      pAdjusted: mcnemarTest(20, 0),
      verdict: 'worse',
      alpha: 0.05,
      adjustment: 'holm',
      tests: 1,
      minimumDetectableDifference: minimumDetectableDifference({ n, discordant: 22 / 102 }),
      samplesNeeded: null,
      flips: {
        better: 0,
        worse: 20,
        same: 80,
        toBetter: [],
        toWorse: Array.from({ length: 20 }, (_, index) => ({ id: `s${60 + index}`, base: 1, other: 0 })),
      },
      tags: [],
    })
  })

  test('says better, worse or cannot tell by the direction of the scorer', async () => {
    const lower = { scorers: { qa: [{ name: 'exact', kind: 'binary', direction: 'lower' }] } } as const
    const [many, few] = [side(passing(80, 100)), side(passing(60, 100))]
    expect((await only(few, many)).verdict).toBe('better')
    expect((await only({ ...many, ...lower }, few)).verdict).toBe('better')
    expect((await only({ ...few, ...lower }, { ...many, ...lower })).verdict).toBe('worse')
    expect((await only(many, many)).verdict).toBe('inconclusive')
  })

  test('says not worse only with a margin that the whole interval respects', async () => {
    const same = side(passing(80, 100))
    expect((await only(same, same, { margin: 0.05 })).verdict).toBe('notWorse')
    expect((await only(same, same, { margin: 0.02 })).verdict).toBe('inconclusive')
    // A decline that is real, but within the margin.
    const slightlyWorse = await only(side(passing(80, 100)), side(passing(70, 100)), { margin: 0.3 })
    expect(slightlyWorse).toMatchObject({ verdict: 'notWorse', margin: 0.3 })
    expect((await only(side(passing(80, 100)), side(passing(60, 100)), { margin: 0.1 })).verdict).toBe('worse')
    await expect(compare(same, same, { margin: 0 })).rejects.toThrow(refused)
    await expect(compare(same, same, { margin: NaN })).rejects.toThrow(refused)
  })

  test('says how many samples would settle what it cannot tell', async () => {
    const comparison = await only(side(passing(82, 100)), side(passing(80, 100)))
    expect(comparison).toMatchObject({
      verdict: 'inconclusive',
      samplesNeeded: sampleSize({ delta: 0.02, discordant: 4 / 102 }),
    })
    const same = side(passing(80, 100))
    expect((await only(same, same)).samplesNeeded).toBeNull()
    // To show that nothing is lost takes fewer samples than to find a loss that is not there.
    expect(await only(same, same, { margin: 0.02 })).toMatchObject({
      verdict: 'inconclusive',
      samplesNeeded: sampleSize({ delta: 0.02, differenceVariance: 2 / 102 }),
    })
  })

  test('has seen nothing that is impossible: by the range, or by the least p-value of so few', async () => {
    const alternating = Array.from({ length: 6 }, (_, index) => index % 2)
    const swapped = alternating.map((score) => 1 - score)
    const found = await only({ ...side(alternating), scorers: graded }, side(swapped))
    expect(found).toMatchObject({ test: 'sign-flip', minimumDetectableDifference: null })
    const apart = async (n: number): Promise<ScoreComparison> =>
      only(side(passing(0, n)), { results: passing(0, n).map((score, index) => scored(`o${index}`, { exact: score })) })
    // 3 of 3 against none of 3 has p = 0.1.
    expect(await apart(3)).toMatchObject({ test: 'fisher', minimumDetectableDifference: null })
    expect((await apart(5)).minimumDetectableDifference).toBeLessThan(1)
  })

  test('needs more samples than there were, since they did not settle it', async () => {
    const [none, all] = [side(passing(0, 3)), side(passing(3, 3))]
    expect(await only(none, all, { margin: 0.1 })).toMatchObject({ verdict: 'inconclusive', samplesNeeded: 5 })
    // 2⁻⁵ is the first p of pairs that all differ below 0.05; without pairs it is that of 4 against 4.
    expect(await only(none, all)).toMatchObject({ verdict: 'inconclusive', samplesNeeded: 6 })
    const results = passing(3, 3).map((score, index) => scored(`o${index}`, { exact: score }))
    expect(await only(none, { results })).toMatchObject({ verdict: 'inconclusive', samplesNeeded: 4 })
    const score = fc.constantFrom(0, 0.3, 0.7, 1)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 30 }), async (pairs) => {
        const [base, other] = [side(pairs.map(([a]) => a)), side(pairs.map(([, b]) => b))]
        const found = await only({ ...base, scorers: graded }, other, { margin: 0.1 })
        expect(found.samplesNeeded ?? Infinity).toBeGreaterThan(found.n)
        expect(found.minimumDetectableDifference ?? 0).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('averages epochs, also where some are missing, and then flips signs instead of counting passes', async () => {
    const epochs = (id: string, scores: readonly (boolean | null)[]): ComparedResult[] =>
      scores.map((score, epoch) => scored(id, { exact: score }, { epoch }))
    const base = [...epochs('a', [true, true]), ...epochs('b', [true, false])]
    const other = [...epochs('a', [false, true]), ...epochs('b', [null, false])]
    expect(await only({ results: base }, { results: other })).toMatchObject({
      kind: 'binary',
      n: 2,
      baseMean: 0.75,
      otherMean: 0.25,
      test: 'sign-flip',
      pValue: 0.5,
      flips: {
        worse: 2,
        toWorse: [
          { id: 'a', base: 1, other: 0.5 },
          { id: 'b', base: 0.5, other: 0 },
        ],
      },
    })
  })

  test('counts the pairs with another row, where both sides know theirs, and leaves the verdict as it is', async () => {
    const results = (hashes: readonly (string | undefined)[], score: boolean): ComparedResult[] =>
      hashes.map((rowHash, index) => scored(`s${index}`, { exact: score }, rowHash === undefined ? {} : { rowHash }))
    const base = results(['a', 'b', 'c', undefined, 'e', 'f', 'g', 'h'], true)
    const other = results(['a', 'x', undefined, 'd', 'y', 'f', 'g', 'h'], false)
    // The last has no score on one side, so it is no pair.
    const lonely = [
      scored('lonely', { exact: true }, { rowHash: 'a' }),
      scored('lonely', { exact: null }, { rowHash: 'b' }),
    ] as const
    const found = await only({ results: [...base, lonely[0]] }, { results: [...other, lonely[1]] })
    expect(found).toMatchObject({ n: 8, changedRows: 2, scorerChanged: false, verdict: 'worse' })
    expect(await only({ results: base }, { results: base })).toMatchObject({ changedRows: 0 })
  })

  test.for([
    ['the same', ['f1'], ['f1'], false],
    ['another', ['f1'], ['f2'], true],
    ['one of two', ['f1', 'f2'], ['f2'], true],
    ['the same two', ['f1', 'f2'], ['f2', 'f1'], false],
    ['not known', ['f1'], [], false],
  ] as const)('tells whether the scorer is not the one of the base: %s', async ([, base, other, scorerChanged]) => {
    const judgedBy = (fingerprints: readonly string[]): ComparedSide => ({
      results: [0, 1].map((index) => {
        const exact = fingerprints[index % fingerprints.length]
        const known = exact === undefined ? {} : { fingerprints: { exact, unasked: `u${exact}` } }
        return scored(`s${index}`, { exact: true }, known)
      }),
    })
    expect(await only(judgedBy(base), judgedBy(other))).toMatchObject({ n: 2, changedRows: 0, scorerChanged })
  })

  test('compares clusters, not samples, where samples share one', async () => {
    const results = (score: (index: number) => boolean): ComparedResult[] =>
      Array.from({ length: 30 }, (_, index) =>
        scored(`s${index}`, { exact: score(index) }, { cluster: `text ${index % 5}` }),
      )
    const found = await only({ results: results(() => true) }, { results: results((index) => index % 5 === 0) })
    expect(found).toMatchObject({ n: 30, clusters: 5, test: 'sign-flip', pValue: 0.125, verdict: 'inconclusive' })
    // Five clusters cannot reach 0.05 whatever they say.
    expect(found.minimumDetectableDifference).toBeNull()
    // What is needed is counted in samples: six to a cluster.
    expect(found.samplesNeeded! % 6).toBe(0)
  })

  test('of a single cluster cannot tell', async () => {
    const found = await only(side(passing(20, 20), { cluster: 'a' }), side(passing(0, 20), { cluster: 'a' }))
    expect(found).toMatchObject({ clusters: 1, pValue: 1, verdict: 'inconclusive', samplesNeeded: null })
    expect(found.difference).toMatchObject({ value: -1, stderr: null })
  })

  test('of no common sample compares different ones, and says so', async () => {
    const results = passing(90, 100).map((score, index) => scored(`other${index}`, { exact: score }))
    expect(await only(side(passing(50, 100)), { results })).toMatchObject({
      pairing: 'unpaired',
      test: 'fisher',
      n: 100,
      scored: { base: 100, other: 100 },
      unpaired: { base: { missing: 100 }, other: { missing: 100 } },
      verdict: 'better',
      tags: [],
    })
  })

  test('of nothing, one and two pairs cannot tell', async () => {
    expect(await compare({ results: [] }, { results: [] })).toEqual({ scores: [], onlyInBase: [], onlyInOther: [] })
    expect(await only(side([null]), side([true]))).toMatchObject({
      n: 0,
      difference: null,
      test: null,
      pValue: null,
      pAdjusted: null,
      verdict: 'inconclusive',
      minimumDetectableDifference: null,
      samplesNeeded: null,
      unpaired: { base: {}, other: { notScored: 1 } },
    })
    expect(await only(side([true]), side([false]))).toMatchObject({ n: 1, pValue: 1, verdict: 'inconclusive' })
    expect(await only(side([1, 0.5]), side([0.5, 0]))).toMatchObject({ n: 2, pValue: 0.5, verdict: 'inconclusive' })
  })

  test('of identical graded scores claims no certainty', async () => {
    const same = { ...side(Array<number>(40).fill(0.7)), scorers: graded }
    expect(await only(same, same)).toMatchObject({
      difference: { value: 0, stderr: 0, interval: { lower: expect.closeTo(-0.088, 3), method: 'all-equal' } },
      verdict: 'inconclusive',
      minimumDetectableDifference: null,
    })
  })

  test('of perfect scores stays within a range that ends at a number binary floating point does not have', async () => {
    const declared = { scorers: { qa: [{ name: 'exact', kind: 'graded', range: [0, 0.9] }] } } as const
    const [none, perfect] = [0, 0.9].map((score) => ({ ...side(Array<number>(10).fill(score)), ...declared }))
    expect((await only(none!, perfect!)).difference).toMatchObject({ value: 0.9, interval: { upper: 0.9 } })
    const epochs = Array.from({ length: 10 }, (_, epoch) => scored('a', { exact: 0.9 }, { epoch }))
    const repeated = { results: epochs, ...declared }
    expect(await only(repeated, repeated)).toMatchObject({ baseMean: 0.9, otherMean: 0.9, difference: { value: 0 } })
  })

  test('adjusts over all scorers and evals of the call', async () => {
    const many = (score: (index: number) => boolean): ComparedResult[] =>
      Array.from({ length: 40 }, (_, index) => {
        const scores = { changed: score(index), same: true }
        return [scored(`s${index}`, scores), scored(`s${index}`, scores, { eval: 'other' })]
      }).flat()
    const sides = [{ results: many(() => true) }, { results: many((index) => index >= 7) }] as const
    const { scores } = await compare(...sides)
    expect(scores.map(({ eval: name, scorer }) => `${name} ${scorer}`)).toEqual([
      'qa changed',
      'qa same',
      'other changed',
      'other same',
    ])
    expect(scores.map(({ pValue, pAdjusted }) => [pValue, pAdjusted])).toEqual([
      [1 / 64, 1 / 16],
      [1, 1],
      [1 / 64, 1 / 16],
      [1, 1],
    ])
    expect(scores[0]).toMatchObject({ verdict: 'inconclusive', tests: 4 })
    const byRate = await compare(...sides, { adjustment: 'benjamini-hochberg' })
    expect(byRate.scores[0]).toMatchObject({ pAdjusted: 1 / 32, verdict: 'worse', adjustment: 'benjamini-hochberg' })
    const alone = (await compare(...sides, { adjustment: 'none' })).scores[0]!
    expect(alone).toMatchObject({ pAdjusted: 1 / 64, tests: 1 })
    expect(alone.minimumDetectableDifference).toBeLessThan(scores[0]!.minimumDetectableDifference!)
  })

  test('compares each variant with itself, and lists evals that one side lacks', async () => {
    const mini = { variant: { model: 'mini' } }
    const base = { results: [scored('a', { exact: true }, mini), scored('a', { exact: true })] }
    const other = { results: [scored('a', { exact: false }, mini), scored('a', { exact: true }, { eval: 'new' })] }
    const { scores, ...lonely } = await compare(base, other)
    expect(scores).toMatchObject([{ eval: 'qa', variant: { model: 'mini' }, n: 1 }])
    expect(lonely).toEqual({ onlyInBase: ['qa'], onlyInOther: ['new'] })
  })

  test('compares the samples of each tag, adjusted over the tags', async () => {
    const results = (score: (index: number) => boolean): ComparedResult[] =>
      Array.from({ length: 60 }, (_, index) =>
        scored(`s${index}`, { exact: score(index) }, { tags: index < 20 ? ['hard', 'all'] : ['all'] }),
      )
    const { tags } = await only({ results: results(() => true) }, { results: results((index) => index >= 10) })
    expect(tags).toMatchObject([
      { tag: 'all', n: 60, difference: { value: -1 / 6 }, pValue: 2 ** -9, pAdjusted: 2 ** -8, verdict: 'worse' },
      { tag: 'hard', n: 20, baseMean: 1, otherMean: 0.5, pValue: 2 ** -9, pAdjusted: 2 ** -8, verdict: 'worse' },
    ])
  })

  test('names the greatest changes, no more than asked for', async () => {
    const { flips } = await only(side([0, 0, 1, 0.5]), side([0.2, 0.9, 0, 0.5]), { maxFlips: 1 })
    expect(flips).toEqual({
      better: 2,
      worse: 1,
      same: 1,
      toBetter: [{ id: 's1', base: 0, other: 0.9 }],
      toWorse: [{ id: 's2', base: 1, other: 0 }],
    })
  })

  test('reads async results, and does not depend on their order', async () => {
    async function* stream({ results }: ComparedSide): AsyncIterable<ComparedResult> {
      yield* results
    }
    const sides = [side([0.1, 0.5, 0.9]), side([0.3, 0.4, 1])] as const
    const reversed = { results: [...(sides[1].results as readonly ComparedResult[])].reverse() }
    const expected = await compare(...sides)
    expect(await compare({ results: stream(sides[0]) }, { results: stream(reversed) })).toEqual(expected)
  })

  test('gives the opposite verdict with the sides swapped', async () => {
    const opposite = { better: 'worse', worse: 'better', inconclusive: 'inconclusive', notWorse: 'notWorse' } as const
    const pair = fc.tuple(fc.boolean(), fc.boolean())
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 40 }), async (pairs) => {
        const [base, other] = [side(pairs.map(([a]) => a)), side(pairs.map(([, b]) => b))]
        const [found, swapped] = [await only(base, other), await only(other, base)]
        expect(swapped.verdict).toBe(opposite[found.verdict])
        expect(swapped.pValue).toBe(found.pValue)
        expect(swapped.difference!.value).toBeCloseTo(-found.difference!.value, 12)
        expect(swapped.minimumDetectableDifference).toBe(found.minimumDetectableDifference)
        expect(swapped.flips.better).toBe(found.flips.worse)
      }),
    )
  })
})
