import { ResultSet, type Outcome } from '@evals/core'
import { expect, test } from 'vitest'
import type { EvalMeta, ResumedMeta } from '../protocol.ts'
import { resumedLines } from './resumed-lines.ts'

/** The lines of an eval of four samples, of which those with an outcome were reported. */
function lines(
  resumed: ResumedMeta | undefined,
  outcomes: readonly Outcome[],
  facts: Partial<EvalMeta> = {},
): string[] {
  const results = new ResultSet()
  for (const [index, outcome] of outcomes.entries()) {
    results.add({ id: `${index}`, epoch: 0, outcome, passed: null, scores: {}, durationMs: 1 })
  }
  const meta: EvalMeta = {
    eval: 'qa',
    variant: {},
    experiment: 'x',
    planned: 4,
    scorers: [],
    fingerprint: {} as EvalMeta['fingerprint'],
    dataset: {} as EvalMeta['dataset'],
    ...(resumed === undefined ? {} : { resumed }),
    ...facts,
  }
  return resumedLines([{ meta, results }])
}

const all: readonly Outcome[] = ['scored', 'scored', 'error', 'scored']
const resumed: ResumedMeta = { counts: { keep: 1, score: 2, run: 1 }, drift: ['1 without a record: a', 'changed: m'] }

test('what was done is told where every planned sample was reported', () => {
  expect(lines(undefined, all)).toEqual([])
  expect(lines(resumed, all)).toEqual([
    'qa: resumed, 1 kept, 2 scored again, 1 run',
    'qa: 1 without a record: a',
    'qa: changed: m',
  ])
  expect(lines({ ...resumed, relabelled: 1 }, all)[0]).toBe(
    'qa: resumed, 1 kept, 2 scored again (or run, where the input changed), 1 run',
  )
  expect(lines({ counts: { keep: 4, score: 0, run: 0 }, drift: [] }, all)).toEqual(['qa: complete, all 4 kept'])
})

test.for<[string, readonly Outcome[]]>([
  ['was not reported', ['scored', 'scored']],
  ['was cancelled', ['scored', 'scored', 'scored', 'cancelled']],
])('where a sample %s, only the plan is known', ([, outcomes]) => {
  expect(lines({ ...resumed, drift: [] }, outcomes)).toEqual(['qa: resumed with 1 to keep, 2 to score again, 1 to run'])
})

test('the plan of a shard is that of all shards', () => {
  expect(lines(resumed, ['scored', 'scored'], { thresholds: [] })).toEqual([
    'qa: resumed with 1 to keep, 2 to score again, 1 to run, in all shards',
    'qa: 1 without a record: a',
    'qa: changed: m',
  ])
})
