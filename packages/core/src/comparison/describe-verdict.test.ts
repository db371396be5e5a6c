import { describe, expect, test } from 'vitest'
import { compare } from './compare.ts'
import type { ComparedSide } from './compared-result.ts'
import { passing, scored, side } from './compared-result.test-support.ts'
import { describeVerdict } from './describe-verdict.ts'

async function sentence(
  base: ComparedSide,
  other: ComparedSide,
  options?: Parameters<typeof compare>[2],
): Promise<string> {
  const { scores } = await compare(base, other, options)
  return describeVerdict(scores[0]!)
}

/** 900 samples of which 70 got worse and 32 better. */
const worse = {
  base: side(Array.from({ length: 900 }, (_, index) => index >= 32 && index < 750)),
  other: side(Array.from({ length: 900 }, (_, index) => index < 680)),
}

describe('describeVerdict', () => {
  test('of a decline', async () => {
    expect(await sentence(worse.base, worse.other)).toBe(
      'worse by 4.2 points (95 % CI 2.0 to 6.4, McNemar p < 0.001, n = 900 pairs; could have seen 3.3 points)',
    )
  })

  test('of an improvement, its interval told the other way round', async () => {
    expect(await sentence(worse.other, worse.base)).toBe(
      'better by 4.2 points (95 % CI 2.0 to 6.4, McNemar p < 0.001, n = 900 pairs; could have seen 3.3 points)',
    )
  })

  test('of what cannot be told', async () => {
    expect(await sentence(side(passing(82, 100)), side(passing(80, 100)))).toBe(
      'cannot tell: worse by 2.0 points (95 % CI −1.9 to 5.8, McNemar p = 0.500, n = 100 pairs; could have seen 7.8 points; about 827 samples would settle it)',
    )
    expect(await sentence(side(passing(80, 100)), side(passing(80, 100)))).toBe(
      'cannot tell: no difference (95 % CI −2.7 to 2.7, McNemar p = 1.000, n = 100 pairs; could have seen 7.8 points)',
    )
    expect(await sentence(side([true, false]), side([true, true]))).toBe(
      'cannot tell: better by 50.0 points (95 % CI −56.3 to 100.0, McNemar p = 1.000, n = 2 pairs; too few to see any difference; about 24 samples would settle it)',
    )
  })

  test('of what is not worse by more than the margin', async () => {
    const samples = side(passing(80, 100))
    expect(await sentence(samples, samples, { margin: 0.05 })).toBe(
      'not worse by more than 5.0 points: no difference (95 % CI −2.7 to 2.7, McNemar p = 1.000, n = 100 pairs; could have seen 7.8 points)',
    )
  })

  test('of several tests names the adjusted p-value', async () => {
    const both = (score: (index: number) => boolean): ComparedSide => ({
      results: Array.from({ length: 40 }, (_, index) => scored(`s${index}`, { first: score(index), second: true })),
    })
    expect(
      await sentence(
        both(() => true),
        both((index) => index >= 7),
      ),
    ).toBe(
      'worse by 17.5 points (95 % CI 3.6 to 29.7, McNemar p = 0.016 (Holm = 0.031), n = 40 pairs; could have seen 21.8 points)',
    )
  })

  test('of scores in other units, where lower is better', async () => {
    const scorers = { qa: [{ name: 'exact', direction: 'lower', range: [0, Infinity] }] } as const
    const base = { ...side([410, 380, 395, 402, 377, 420, 399, 388]), scorers }
    const other = { ...side([310, 300, 345, 333, 290, 372, 340, 301]), scorers }
    expect(await sentence(base, other)).toBe(
      'better by 73 (95 % CI 57 to 88, sign-flip p = 0.008, n = 8 pairs; could have seen 22)',
    )
  })

  test('of clusters', async () => {
    const values = [0.2, 0.4, 0.6, 0.8, 0.9, 0.3, 0.5, 0.1]
    const inClusters = (shift: number): ComparedSide => ({
      results: values.map((score, index) =>
        scored(`s${index}`, { exact: score + shift * (index % 3) }, { cluster: `text ${index % 4}` }),
      ),
    })
    expect(await sentence(inClusters(0), inClusters(0.05))).toBe(
      'cannot tell: better by 0.044 (95 % CI 0.0057 to 0.082, sign-flip p = 0.125, n = 8 pairs in 4 clusters; too few to see any difference; about 12 samples would settle it)',
    )
  })

  test('of different samples', async () => {
    const results = passing(9, 10).map((score, index) => scored(`other${index}`, { exact: score }))
    expect(await sentence(side(passing(5, 10)), { results })).toBe(
      'cannot tell: better by 40.0 points (95 % CI −0.2 to 67.6, Fisher p = 0.141, n = 10 and 10 different samples, so not paired; could have seen 60.4 points; about 21 samples would settle it)',
    )
  })

  test('of changed labels and scorers says that the difference may be theirs', async () => {
    const base = side([true], { rowHash: 'a', fingerprints: { exact: 'f1' } })
    const changed = side([true], { rowHash: 'b', fingerprints: { exact: 'f2' } })
    expect(await sentence(base, base)).not.toContain('!')
    expect(await sentence(base, changed)).toMatch(
      /^cannot tell: no difference \([^!]*\) ! 1 of 1 pair has another row or label than the base: the difference may be theirs ! the scorer is not the same as in the base: the difference may be its own$/,
    )
    const relabelled = side(passing(60, 100), { rowHash: 'b' })
    expect(await sentence(side(passing(80, 100), { rowHash: 'a' }), relabelled)).toMatch(
      /^worse by [^!]*\) ! 100 of 100 pairs have another row or label than the base: the difference may be theirs$/,
    )
  })

  test('of one pair, of equal scores and of none', async () => {
    expect(await sentence(side([0.5]), side([0.6]))).toBe(
      'cannot tell: better by 0.10 (one pair: no interval is defined, sign-flip p = 1.000, n = 1 pair)',
    )
    expect(await sentence(side([0.5, 0.5]), side([0.5, 0.5]))).toBe(
      'cannot tell: no difference (all 2 pairs differ by the same: no interval is defined, sign-flip p = 1.000, n = 2 pairs)',
    )
    expect(await sentence(side([null]), side([0.6]))).toBe(
      'cannot tell: no score on both sides (base 0, other 1 samples)',
    )
  })
})
