import { describe, expect, test } from 'vitest'
import type { ScorerDeclaration } from '../summary/eval-summary.ts'
import { compare } from './compare.ts'
import type { ComparedSide } from './compared-result.ts'
import { only, scored, side } from './compared-result.test-support.ts'

const refused = expect.objectContaining({ code: 'EVALS_COMPARISON_INVALID' })

describe('pairColumn', () => {
  test('pairs by sample and counts what has no partner, with the reason', async () => {
    const base = [
      scored('both', { exact: true }),
      scored('onlyBase', { exact: true }),
      scored('failedOther', { exact: true }),
      scored('errorOther', { exact: true }),
      scored('notScoredBase', { exact: null }),
    ]
    const other = [
      scored('both', { exact: false }),
      scored('failedOther', { exact: 'failed' }),
      scored('errorOther', {}, { outcome: 'error' }),
      scored('notScoredBase', { exact: false }),
      scored('onlyOther', { exact: true }),
    ]
    expect(await only({ results: base }, { results: other })).toMatchObject({
      n: 1,
      scored: { base: 4, other: 3 },
      unpaired: { base: { missing: 1, failed: 1, error: 1 }, other: { notScored: 1, missing: 1 } },
      verdict: 'inconclusive',
    })
  })

  test('refuses two results of one sample and epoch', async () => {
    const twice = { results: [true, false].map((score) => scored('a', { exact: score })) }
    await expect(compare(side([true]), twice)).rejects.toThrow(refused)
    await expect(compare(twice, side([true]))).rejects.toThrow(/The base has two results of sample a, epoch 0, in "qa"/)
  })

  test('refuses scores of different judges unless allowed', async () => {
    const [base, other] = ['gpt', 'claude'].map((judge) => side([1, 0], { judges: { exact: judge } }))
    await expect(compare(base!, other!)).rejects.toThrow(refused)
    await expect(compare(base!, other!)).rejects.toThrow(/"exact" of "qa" come from different judges \(gpt, claude\)/)
    expect(await only(base!, other!, { allowMixedJudges: true })).toMatchObject({ n: 2 })
    expect(await only(base!, base!)).toMatchObject({ n: 2 })
  })

  test.each<[Partial<ScorerDeclaration>, Partial<ScorerDeclaration>, RegExp]>([
    [{ direction: 'higher' }, { direction: 'lower' }, /direction is higher in the base and lower in the other/],
    [{ kind: 'graded' }, { kind: 'binary' }, /kind is graded in the base and binary in the other/],
    [{ range: [0, 10] }, { range: [0, 1] }, /range is 0 to 10 in the base and 0 to 1 in the other/],
  ])('refuses sides that declare a scorer differently: %j and %j', async (base, other, message) => {
    const declare = (scale: Partial<ScorerDeclaration>): ComparedSide => ({
      ...side([1]),
      scorers: { qa: [{ name: 'exact', ...scale }] },
    })
    await expect(compare(declare(base), declare(other))).rejects.toThrow(refused)
    await expect(compare(declare(base), declare(other))).rejects.toThrow(message)
    // What one side does not tell is not different.
    expect(await only(declare(base), declare({}))).toMatchObject({ n: 1 })
  })

  test.each([
    [NaN, 'graded', /finite number, not NaN/],
    [1.2, 'graded', /from 0 to 1, its range, not 1\.2 \(base, sample s0\)/],
    [0.5, 'binary', /0 or 1, since it is binary, not 0\.5/],
  ] as const)('refuses a score of %s where it is %s', async (score, kind, message) => {
    const scorers = { qa: [{ name: 'exact', kind, range: [0, 1] as const }] }
    const wrong = { ...side([score]), scorers }
    await expect(compare(wrong, side([1]))).rejects.toThrow(
      expect.objectContaining({ code: 'EVALS_STATISTIC_INVALID' }),
    )
    await expect(compare(wrong, side([1]))).rejects.toThrow(message)
  })
})
