import { expect, test } from 'vitest'
import type { EvalOverview, ExperimentOverview } from '../protocol.ts'
import { selectExperiments } from './select-experiments.ts'
import { byCommit, trendChoices, trendOf } from './trend.ts'

function makeEval(mean: number | null, parts: Partial<EvalOverview> = {}): EvalOverview {
  const samples = { total: 10, missing: 0, scored: 10, error: 0, timeout: 0, cancelled: 0 }
  const exactMatch = { n: 10, mean, ci: null, kind: 'binary', direction: 'higher' } as const
  return { samples, verdict: null, scorers: { exactMatch }, tags: [], ...parts }
}

function make(experiment: string, day: number, parts: Partial<ExperimentOverview> = {}): ExperimentOverview {
  const createdAt = new Date(Date.UTC(2026, 0, day)).toISOString()
  return {
    experiment,
    status: 'completed',
    createdAt,
    updatedAt: createdAt,
    runs: 1,
    durationMs: null,
    costUsd: null,
    variants: [],
    evals: {},
    ...parts,
  }
}

const experiments = [
  make('new', 3, { costUsd: 2, evals: { 'qa.eval.ts > qa': makeEval(0.9, { tags: ['eu'] }) } }),
  make('mid', 2, { costUsd: 1, status: 'running' }),
  make('old', 1, { evals: { 'qa.eval.ts > qa': makeEval(0.8), other: makeEval(null) } }),
]

test.each([
  ['', 'new mid old'],
  ['sort=created', 'old mid new'],
  ['sort=-cost', 'new mid old'],
  ['sort=experiment', 'mid new old'],
  ['sort=unknown', 'old mid new'],
  ['q=exactmatch', 'new old'],
  ['q=qa+new', 'new'],
  ['q=running', 'mid'],
  ['tag=eu', 'new'],
])('%s finds %s', (query, names) => {
  const found = selectExperiments(experiments, new URLSearchParams(query))
  expect(found.map(({ experiment }) => experiment).join(' ')).toBe(names)
})

test('a trend has the estimates of one scorer, the oldest first, and none that was not scored', () => {
  expect(trendChoices(experiments)).toEqual([
    { key: 'qa.eval.ts > qa', scorers: ['exactMatch'] },
    { key: 'other', scorers: ['exactMatch'] },
  ])
  expect(
    trendOf(experiments, 'qa.eval.ts > qa', 'exactMatch').map(({ experiment, mean }) => [experiment, mean]),
  ).toEqual([
    ['old', 0.8],
    ['new', 0.9],
  ])
  expect(trendOf(experiments, 'other', 'exactMatch')).toEqual([])
})

test('by commit, experiments of one commit share a place, and those without one are left out', () => {
  const commit = (sha: string, dirty = false): Partial<ExperimentOverview> => ({
    evals: { qa: makeEval(0.5) },
    git: { commit: sha.repeat(10), branch: 'main', dirty },
  })
  const runs = [
    make('third', 3, commit('aaaa', true)),
    make('second', 2, commit('bbbb')),
    make('first', 1, commit('aaaa')),
    make('nowhere', 4, { evals: { qa: makeEval(0.5) } }),
  ]
  const { points, ...chart } = byCommit(trendOf(runs, 'qa', 'exactMatch'))
  expect(points.map(({ experiment }) => experiment)).toEqual(['first', 'third', 'second'])
  expect(chart).toEqual({ places: [0, 0, 1], names: ['aaaaaaa', 'bbbbbbb'] })
})
