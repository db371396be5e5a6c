import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvalSummary, ScorerDeclaration } from './eval-summary.ts'
import { makeResult } from './sample-result.test-support.ts'
import type { ModelUse } from './model-use.ts'
import type { ResultScore, SampleResult } from './sample-result.ts'
import { summarizeEval, type EvalFacts } from './summarize-eval.ts'

const facts = (parts: Partial<EvalFacts> = {}): EvalFacts => ({
  eval: 'e',
  variant: {},
  planned: 0,
  scorers: [],
  ...parts,
})
const resultsOf = (score: string, values: readonly ResultScore[]): SampleResult[] =>
  values.map((value, index) => makeResult({ id: `${index}`, scores: { [score]: value } }))

async function scorerOf(values: readonly ResultScore[], declaration?: Partial<ScorerDeclaration>) {
  const scorers = declaration === undefined ? [] : [{ name: 's', ...declaration }]
  return (await summarizeEval(facts({ scorers, planned: values.length }), resultsOf('s', values))).scorers['s']!
}

test('an eval without results has no figures', async () => {
  expect(await summarizeEval(facts({ planned: 3, scorers: [{ name: 's', direction: 'lower' }] }), [])).toEqual({
    eval: 'e',
    variant: {},
    samples: { total: 3, scored: 0, error: 0, timeout: 0, cancelled: 0, failed: 0, missing: 3 },
    scorers: {
      s: {
        n: 0,
        mean: null,
        stderr: null,
        ci: null,
        method: null,
        level: null,
        kind: 'graded',
        kindGuessed: true,
        direction: 'lower',
        range: [null, null],
        minimumDetectableDifference: null,
        unscored: 0,
        notScored: 0,
        failed: 0,
        absent: 0,
      },
    },
    thresholds: [],
    verdict: null,
    usage: {},
    costUsd: null,
    latencyMs: null,
  })
})

describe('the mean of a scorer', () => {
  test('a binary one has a Wilson interval, also after a clean sweep', async () => {
    // 95 % Wilson interval of 8 in 10: scipy.stats.binomtest(8, 10).proportion_ci(method='wilson').
    const declared = await scorerOf([1, 1, 1, 1, 1, 1, 1, 1, 0, 0], { kind: 'binary' })
    expect(declared).toMatchObject({ n: 10, mean: 0.8, method: 'wilson', level: 0.95, kind: 'binary' })
    expect(declared.ci?.[0]).toBeCloseTo(0.4901625, 6)
    expect(declared.ci?.[1]).toBeCloseTo(0.9433178, 6)
    const swept = await scorerOf([1, 1, 1], { kind: 'binary' })
    expect(swept.ci?.[0]).toBeLessThan(0.5)
    expect(swept.ci?.[1]).toBe(1)
  })

  test('a graded one has a t interval, cut to its declared range', async () => {
    const open = await scorerOf([0.9, 1, 1], { kind: 'graded' })
    expect(open).toMatchObject({ n: 3, method: 't', kind: 'graded' })
    expect(open.ci?.[1]).toBeGreaterThan(1)
    expect((await scorerOf([0.9, 1, 1], { kind: 'graded', range: [0, 1] })).ci?.[1]).toBe(1)
  })

  test.for([
    ['one value', [0.5], 'one value: no interval is defined'],
    ['equal values', [0.5, 0.5, 0.5], 'all 3 values are equal: no interval is defined'],
  ] as const)('of %s has no interval, and a note why', async ([, values, note]) => {
    expect(await scorerOf(values)).toMatchObject({ mean: 0.5, ci: null, method: null, level: null, note })
  })

  test('booleans of a scorer that declares nothing are binary; one number makes it graded', async () => {
    expect(await scorerOf([true, false, true])).toMatchObject({ kind: 'binary', method: 'wilson', mean: 2 / 3 })
    expect(await scorerOf([true, false, 0.5])).toMatchObject({ kind: 'graded', method: 't', mean: 0.5 })
    // 0 and 1 alone say nothing: they may be grades.
    expect(await scorerOf([1, 0, 1])).toMatchObject({ kind: 'graded', method: 't' })
    expect(await scorerOf([true, false, true], { kind: 'graded' })).toMatchObject({ kind: 'graded', method: 't' })
  })

  test('epochs are averaged per sample first, and count as one sample', async () => {
    const scores: [string, number, ResultScore][] = [
      ['a', 0, 1],
      ['a', 1, 0],
      ['a', 2, 'failed'],
      ['b', 0, 1],
      ['c', 0, null],
    ]
    const results = scores.map(([id, epoch, value]) => makeResult({ id, epoch, scores: { s: value } }))
    const { scorers } = await summarizeEval(facts({ scorers: [{ name: 's', kind: 'binary' }] }), results)
    expect(scorers['s']).toMatchObject({
      n: 2,
      mean: 0.75,
      method: 't',
      kind: 'binary',
      unscored: 1,
      unscoredEpochs: 1,
      notScored: 1,
      failed: 1,
      // a: 1, 0 and what failed; b: 1; c: anything.
      bounds: [expect.closeTo((1 / 3 + 1 + 0) / 3, 12), expect.closeTo((2 / 3 + 1 + 1) / 3, 12)],
    })
  })

  test('epochs that ended in an error show in the bounds, not in the mean', async () => {
    const results = ['a', 'b'].flatMap((id) => [
      makeResult({ id, scores: { s: 1 } }),
      ...[1, 2, 3].map((epoch) => makeResult({ id, epoch, outcome: 'error', passed: null })),
      makeResult({ id, epoch: 4, outcome: 'cancelled', passed: null }),
    ])
    const { scorers } = await summarizeEval(facts({ scorers: [{ name: 's', kind: 'binary' }] }), results)
    expect(scorers['s']).toMatchObject({ n: 2, mean: 1, unscored: 0, unscoredEpochs: 6, bounds: [0.25, 1] })
  })
})

describe('unscored is not zero', () => {
  test('errors, timeouts, failed scorers and null leave the mean alone, are counted, and give bounds', async () => {
    const results = [
      ...resultsOf('s', [1, 0, null, 'failed']),
      makeResult({ id: 'x', passed: false, scores: { s: 'absent' } }),
      makeResult({ id: 'e', outcome: 'error', passed: null }),
      makeResult({ id: 't', outcome: 'timeout', passed: null }),
      makeResult({ id: 'c', outcome: 'cancelled', passed: null }),
    ]
    const summary = await summarizeEval(facts({ planned: 10, scorers: [{ name: 's', kind: 'binary' }] }), results)
    expect(summary.samples).toEqual({ total: 10, scored: 5, error: 1, timeout: 1, cancelled: 1, failed: 1, missing: 2 })
    expect(summary.scorers['s']).toMatchObject({
      n: 2,
      mean: 0.5,
      unscored: 5,
      notScored: 1,
      failed: 1,
      absent: 1,
      bounds: [1 / 7, 6 / 7],
    })
  })

  test('bounds need a finite range, and something unscored', async () => {
    expect(await scorerOf([5, null], { range: [-10, 10] })).toMatchObject({ bounds: [-2.5, 7.5] })
    expect(await scorerOf([5, null])).not.toHaveProperty('bounds')
    expect(await scorerOf([5, 6], { range: [-10, 10] })).not.toHaveProperty('bounds')
    expect(await scorerOf([null, null], { kind: 'binary' })).toMatchObject({ n: 0, mean: null, bounds: [0, 1] })
  })

  test('property: the mean lies in its bounds and its interval, and n + unscored is every sample', async () => {
    const score = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(null, 'failed' as const, 'absent' as const),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(score, { minLength: 1, maxLength: 30 }), async (values) => {
        const { n, mean, ci, unscored, bounds } = await scorerOf(values, { kind: 'graded', range: [0, 1] })
        expect(n + unscored).toBe(values.length)
        if (mean === null) return
        for (const interval of [ci, bounds]) {
          if (interval === null || interval === undefined) continue
          expect(interval[0]).toBeLessThanOrEqual(mean + 1e-12)
          expect(interval[1]).toBeGreaterThanOrEqual(mean - 1e-12)
        }
      }),
    )
  })
})

test('scores nobody declared get a summary of their own, after the declared ones', async () => {
  const { scorers } = await summarizeEval(facts({ scorers: [{ name: 'z' }] }), resultsOf('assertions', [true, false]))
  expect(Object.keys(scorers)).toEqual(['z', 'assertions'])
  expect(scorers['z']).toMatchObject({ n: 0, mean: null, unscored: 2 })
  expect(scorers['assertions']).toMatchObject({ n: 2, mean: 0.5, kind: 'binary' })
})

test('a scorer that gives named scores only has no line of its own, unless it failed; they are on its scale', async () => {
  const scorers = [{ name: 'tells', kind: 'binary' as const }]
  const named = ['a', 'b'].map((id) =>
    makeResult({ id, scores: { day: Number(id === 'a') }, givers: { day: 'tells' } }),
  )
  const { scorers: found } = await summarizeEval(facts({ scorers }), named)
  expect(found).toEqual({ day: expect.objectContaining({ n: 2, mean: 0.5, kind: 'binary', method: 'wilson' }) })
  const failed = makeResult({ id: 'c', scores: { tells: 'failed' } })
  const { scorers: withFailed } = await summarizeEval(facts({ scorers }), [...named, failed])
  expect(withFailed).toMatchObject({ tells: { n: 0, failed: 1 }, day: { n: 2, unscored: 1 } })
})

test('tags: each has the figures of its samples, in order of their names', async () => {
  const results = [
    makeResult({ id: 'a', tags: ['slow', 'billing'], scores: { s: 1 } }),
    makeResult({ id: 'b', tags: ['slow'], scores: { s: 0 } }),
    makeResult({ id: 'c', scores: { s: 0 } }),
  ]
  const { tags } = await summarizeEval(facts({ scorers: [{ name: 's', kind: 'binary' }] }), results)
  expect(Object.entries(tags ?? {}).map(([tag, { samples, scorers }]) => [tag, samples, scorers['s']?.mean])).toEqual([
    ['billing', 1, 1],
    ['slow', 2, 0.5],
  ])
})

test('cost is known only if that of every call is, and a sample without a call costs nothing; latency is of scored samples', async () => {
  const results = [
    makeResult({ id: 'a', durationMs: 10, costUsd: 0.5 }),
    makeResult({ id: 'b', durationMs: 30, costUsd: 1 }),
    makeResult({ id: 'c', outcome: 'error', durationMs: 9000, costUsd: 0 }),
    makeResult({ id: 'd', outcome: 'cancelled', durationMs: 0 }),
  ]
  const summary = await summarizeEval(facts(), results)
  expect(summary).toMatchObject({ costUsd: { total: 1.5, mean: 0.5 }, latencyMs: { p50: 20, p95: 29, p99: 29.8 } })
  const uncalled = makeResult({ id: 'e', outcome: 'error' })
  const costOf = async (all: readonly SampleResult[]) => (await summarizeEval(facts(), all)).costUsd
  expect(await costOf([...results, uncalled])).toEqual({ total: 1.5, mean: 0.375 })
  expect(await costOf([uncalled])).toBeNull()
  const models = [{ model: 'm:a', purpose: 'task', calls: 1, usage: {} }] as const
  expect(await costOf([...results, makeResult({ id: 'f', models })])).toBeNull()
  const cancelled = makeResult({ id: 'g', outcome: 'cancelled', models })
  expect(await costOf([...results, cancelled])).toEqual({ total: 1.5, mean: 0.5 })
  expect(await costOf([...results, { ...cancelled, costUsd: 0.5 }])).toEqual({ total: 2, mean: 0.5 })
})

test.for([
  [[], null],
  [[true, true], true],
  [[true, false, null], false],
  [[true, null], null],
  [[null], null],
] as const)('thresholds %j give the verdict %j', async ([passed, verdict]) => {
  const thresholds = passed.map((one, index) => ({ threshold: `t${index}`, passed: one, value: 1, message: '' }))
  expect(await summarizeEval(facts({ thresholds }), [])).toMatchObject({ verdict, thresholds })
})

test('tokens, cost and calls are split by model and purpose; samples stopped at a limit are counted', async () => {
  const task = { model: 'm:a', purpose: 'task', calls: 1, usage: { inputTokens: 10 }, costUsd: 0.5 } as const
  const judge = { model: 'm:j', purpose: 'score', calls: 2 / 3, usage: { inputTokens: 2 } } as const
  const results = [
    makeResult({ id: 'a', models: [task, judge], limit: 'turns' }),
    makeResult({ id: 'b', models: [judge, task], limit: 'tokens' }),
    makeResult({ id: 'c', models: [judge], limit: 'turns' }),
    makeResult({ id: 'd' }),
  ]
  expect(await summarizeEval(facts({ planned: 4 }), results)).toMatchObject({
    models: [
      { model: 'm:a', purpose: 'task', calls: 2, usage: { inputTokens: 20 }, costUsd: 1 },
      { model: 'm:j', purpose: 'score', calls: 2, usage: { inputTokens: 6 } },
    ],
    limited: { turns: 2, tokens: 1 },
  })
})

describe('every reported figure changes when its input changes', () => {
  const estimate = {
    value: 0.5,
    n: 2,
    stderr: 0.1,
    interval: { lower: 0.4, upper: 0.6, method: 'bca', level: 0.9 },
    note: 'seeded',
  }
  const before: EvalFacts = {
    eval: 'e',
    variant: { model: 'mini' },
    planned: 9,
    scorers: [
      { name: 's', kind: 'binary' },
      { name: 'same', range: [0, 1] },
    ],
    metrics: { s: { f1: estimate } },
    thresholds: [{ threshold: 't', passed: true, value: 1, message: 'holds' }],
  }
  const usage = { inputTokens: 1, outputTokens: 2, cachedInputTokens: 3, reasoningTokens: 4 }
  const models: ModelUse[] = [
    { model: 'm:a', purpose: 'task', calls: 1, cached: 1, usage, costUsd: 1 },
    { model: 'm:b', purpose: 'score', calls: 1, usage, costUsd: 1 },
  ]
  const common = { usage, costUsd: 1, tags: ['x'], models, limit: 'tokens' as const }
  const results: SampleResult[] = [
    makeResult({ ...common, id: 'a', scores: { s: 1, same: 0.5 } }),
    makeResult({ ...common, id: 'b', scores: { s: 0, same: 0.5 } }),
    makeResult({ ...common, id: 'c', scores: { s: null, same: 'failed' } }),
    makeResult({ ...common, id: 'd', outcome: 'error' }),
    makeResult({ ...common, id: 'e', outcome: 'timeout' }),
    makeResult({ ...common, id: 'f', outcome: 'cancelled' }),
  ]
  const without = (id: string): SampleResult[] => results.filter((result) => result.id !== id)
  const withScores = (scores: SampleResult['scores']): SampleResult[] => [
    ...without('c'),
    makeResult({ ...common, id: 'c', scores }),
  ]
  const other = {
    value: 0.6,
    n: 3,
    stderr: 0.2,
    interval: { lower: 0.3, upper: 0.7, method: 't', level: 0.8 },
    note: 'no',
  }
  const changes: [Partial<EvalFacts>, SampleResult[]][] = [
    [{ eval: 'f', variant: { model: 'big' }, planned: 10, metrics: { s: { f1: other } } }, results],
    [{ thresholds: [{ threshold: 'u', passed: false, value: 0, message: 'missed' }] }, results],
    [
      {
        scorers: [
          { name: 's', kind: 'graded', direction: 'lower' },
          { name: 'same', kind: 'binary', direction: 'lower', range: [-1, 2] },
        ],
      },
      results,
    ],
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((id): [object, SampleResult[]] => [{}, without(id)]),
    [{}, withScores({ s: 'failed', same: null })],
    [{}, results.map((result) => ({ ...result, durationMs: 20, scores: { s: null } }))],
    [{}, withScores({ s: 'absent', same: 'absent' })],
    [{}, results.map((result) => ({ ...result, passed: false }))],
    [{}, results.map((result) => ({ ...result, models: models.toReversed() }))],
    [{}, withScores({ s: 1, same: 0.9 })],
    [
      {},
      Array.from({ length: 50 }, (_, index) =>
        makeResult({ id: `${index}`, scores: { s: index % 2, same: index % 3 } }),
      ),
    ],
    [
      {},
      [
        ...results,
        makeResult({
          id: 'g',
          durationMs: 500,
          costUsd: 2,
          usage: { inputTokens: 5, outputTokens: 5, cachedInputTokens: 5, reasoningTokens: 5 },
          tags: ['x'],
          scores: { s: 1, same: 0.1 },
        }),
      ],
    ],
  ]

  test('and there is a change for each of them', async () => {
    const base = leavesOf(await summarizeEval(before, results))
    const changed = new Set<string>()
    for (const [parts, next] of changes) {
      const after = leavesOf(await summarizeEval({ ...before, ...parts }, next))
      const differing = [...base].filter(([path, value]) => after.get(path) !== value).map(([path]) => path)
      expect(differing).not.toEqual([])
      for (const path of differing) changed.add(path)
    }
    expect(base.size).toBeGreaterThan(60)
    expect([...base.keys()].filter((path) => !changed.has(path))).toEqual([])
  })
})

/** Every number, text, boolean and null of a summary by its path. */
function leavesOf(summary: EvalSummary): Map<string, unknown> {
  const leaves = new Map<string, unknown>()
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) leaves.set(path, value)
    else for (const [key, member] of Object.entries(value)) walk(member, `${path}.${key}`)
  }
  walk(summary, '')
  return leaves
}
