import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvalSummary, ScorerDeclaration } from './eval-summary.ts'
import { makeResult } from './sample-result.test-support.ts'
import { summarizeEval } from './summarize-eval.ts'
import { judgeThreshold, readThresholds, type Thresholds } from './threshold.ts'

const scorers: ScorerDeclaration[] = [
  { name: 'exact', kind: 'binary' },
  { name: 'wer', direction: 'lower' },
  { name: 'constructor' },
]
const titles = (thresholds: Thresholds): string[] => readThresholds(thresholds, scorers).map(({ title }) => title)
const invalid = (message: RegExp): unknown =>
  expect.objectContaining({ code: 'EVALS_THRESHOLD_INVALID', message: expect.stringMatching(message) })

describe('reading', () => {
  test.for<[Thresholds, string[]]>([
    [{}, []],
    [{ exact: 0.8 }, ['exact mean ≥ 0.8']],
    [{ wer: 0.1 }, ['wer mean ≤ 0.1']],
    [{ wer: { mean: { atLeast: 0.1 } } }, ['wer mean ≥ 0.1']],
    [{ exact: { mean: 0.8, ciLower: 0.7 } }, ['exact mean ≥ 0.8', 'exact ciLower ≥ 0.7']],
    [{ exact: { mean: { atLeast: 0.2, atMost: 0.9 } } }, ['exact mean ≥ 0.2 and ≤ 0.9']],
    [{ costUsd: { total: 5, mean: { atMost: 0.01 } } }, ['costUsd total ≤ 5', 'costUsd mean ≤ 0.01']],
    [
      { latencyMs: { p50: 100, p95: 900, p99: 1000 } },
      ['latencyMs p50 ≤ 100', 'latencyMs p95 ≤ 900', 'latencyMs p99 ≤ 1000'],
    ],
    [{ assertions: 1 }, ['assertions mean ≥ 1']],
    [{ constructor: 0.5 }, ['constructor mean ≥ 0.5']],
  ])('%j asks for %j', ([thresholds, expected]) => {
    expect(titles(thresholds)).toEqual(expected)
  })

  test.for<[unknown, RegExp]>([
    [{ costUsd: 5 }, /Write costUsd: \{ total: 5 \}/],
    [{ latencyMs: 100 }, /Write latencyMs: \{ p50: 100 \}/],
    [{ latencyMs: { mean: 100 } }, /has no "mean". It has p50, p95, p99/],
    [{ costUsd: { p50: 1 } }, /has no "p50". It has total, mean/],
    [{ exact: Number.NaN }, /must be a number/],
    [{ exact: '0.8' }, /is no number/],
    [{ exact: null }, /is no number/],
    [{ exact: { mean: {} } }, /at least one of the two/],
    [{ exact: { mean: null } }, /at least one of the two/],
    [{ exact: { mean: { atleast: 1 } } }, /at least one of the two/],
    [{ exact: { mean: { atLeast: 1, atmost: 2 } } }, /at least one of the two/],
    [{ exact: { mean: { atLeast: Number.POSITIVE_INFINITY } } }, /must be a number/],
  ])('%j is refused', ([thresholds, message]) => {
    expect(() => titles(thresholds as Thresholds)).toThrow(invalid(message))
  })
})

describe('judging', () => {
  const results = Array.from({ length: 10 }, (_, index) =>
    makeResult({
      id: `${index}`,
      durationMs: 100,
      costUsd: 0.1,
      scores: { exact: index < 8 ? 1 : 0, wer: index / 10, same: 0.5, empty: null },
    }),
  )
  const summary: Promise<EvalSummary> = summarizeEval(
    {
      eval: 'e',
      variant: {},
      planned: 10,
      scorers: [...scorers.slice(0, 2), { name: 'same' }, { name: 'empty' }],
      metrics: {
        exact: {
          f1: { value: 0.75, n: 10 },
          passAt5: { value: 0.9, n: 4, interval: { lower: 0.6, upper: 0.98, method: 't', level: 0.9 } },
        },
      },
    },
    results,
  )
  const judge = async (thresholds: Thresholds) => judgeThreshold(readThresholds(thresholds, scorers)[0]!, await summary)

  test.for<[Thresholds, boolean, string]>([
    [{ exact: 0.8 }, true, 'exact mean ≥ 0.8: holds, found 0.8 (n 10, 95 % interval 0.4902 to 0.9433)'],
    [{ exact: 0.81 }, false, 'exact mean ≥ 0.81: missed, found 0.8 (n 10, 95 % interval 0.4902 to 0.9433)'],
    [
      { exact: { ciLower: 0.45 } },
      true,
      'exact ciLower ≥ 0.45: holds, found 0.4902 (n 10, mean 0.8, 95 % interval 0.4902 to 0.9433)',
    ],
    [
      { exact: { ciUpper: { atMost: 0.9 } } },
      false,
      'exact ciUpper ≤ 0.9: missed, found 0.9433 (n 10, mean 0.8, 95 % interval 0.4902 to 0.9433)',
    ],
    [{ exact: { f1: 0.7 } }, true, 'exact f1 ≥ 0.7: holds, found 0.75 (n 10)'],
    [{ exact: { passAt5: 0.95 } }, false, 'exact passAt5 ≥ 0.95: missed, found 0.9 (n 4, 90 % interval 0.6 to 0.98)'],
    [{ wer: 0.5 }, true, 'wer mean ≤ 0.5: holds, found 0.45 (n 10, 95 % interval 0.2334 to 0.6666)'],
    [{ wer: 0.4 }, false, 'wer mean ≤ 0.4: missed, found 0.45 (n 10, 95 % interval 0.2334 to 0.6666)'],
    [{ same: 0.5 }, true, 'same mean ≥ 0.5: holds, found 0.5 (n 10)'],
    [{ same: { ciLower: 0.1 } }, false, 'same ciLower ≥ 0.1: all 10 values are equal: no interval is defined'],
    [{ empty: 0 }, false, 'empty mean ≥ 0: no sample has a score of "empty"'],
    [{ costUsd: { total: 1 } }, true, 'costUsd total ≤ 1: holds, found 1'],
    [{ latencyMs: { p95: 99 } }, false, 'latencyMs p95 ≤ 99: missed, found 100'],
  ])('%j: %s', async ([thresholds, passed, message]) => {
    expect(await judge(thresholds)).toMatchObject({ passed, message })
  })

  test('a bound that is met exactly holds, whatever the last digits of a sum are', async () => {
    const scores = [0.7, 0.8, 0.9].map((value, index) => makeResult({ id: `${index}`, scores: { s: value } }))
    const exactly = await summarizeEval({ eval: 'e', variant: {}, planned: 3, scorers: [] }, scores)
    expect(exactly.scorers['s']?.mean).toBeCloseTo(0.8, 12)
    for (const bound of [{ atLeast: 0.8 }, { atMost: 0.8 }]) {
      const [threshold] = readThresholds({ s: { mean: bound } }, [])
      expect(judgeThreshold(threshold!, exactly)).toMatchObject({ passed: true })
    }
    const [above] = readThresholds({ s: 0.800000001 }, [])
    expect(judgeThreshold(above!, exactly)).toMatchObject({ passed: false })
  })

  test('a figure nobody knows is missed, not passed over', async () => {
    const nothing = await summarizeEval({ eval: 'e', variant: {}, planned: 1, scorers }, [
      makeResult({ outcome: 'error' }),
    ])
    const found = readThresholds({ costUsd: { total: 1 }, latencyMs: { p50: 1 }, exact: 0 }, scorers).map((threshold) =>
      judgeThreshold(threshold, nothing),
    )
    expect(found.map(({ passed, value }) => [passed, value])).toEqual([
      [false, null],
      [false, null],
      [false, null],
    ])
    expect(found[0]?.message).toContain('no model was called')
  })

  test('an unknown score or figure lists the known ones', async () => {
    await expect(judge({ exactMatch: 1 })).rejects.toThrow(
      invalid(/no score named "exactMatch".*exact, wer, same, empty, costUsd, latencyMs/),
    )
    await expect(judge({ exact: { median: 1 } })).rejects.toThrow(
      invalid(/"exact" has no "median".*mean, ciLower, ciUpper, f1, passAt5/),
    )
    await expect(judge({ toString: 1 })).rejects.toThrow(invalid(/no score named "toString"/))
    await expect(judge({ exact: { toString: 1 } })).rejects.toThrow(invalid(/"exact" has no "toString"/))
  })

  test('property: a bound holds exactly if the figure is in it', async () => {
    const { exact } = (await summary).scorers
    await fc.assert(
      fc.asyncProperty(
        fc.double({ noNaN: true, min: -2, max: 2 }),
        fc.double({ noNaN: true, min: -2, max: 2 }),
        async (atLeast, atMost) => {
          const { passed } = await judge({ exact: { mean: { atLeast, atMost } } })
          expect(passed).toBe(exact!.mean! >= atLeast && exact!.mean! <= atMost)
        },
      ),
    )
  })
})
