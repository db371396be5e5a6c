import { readThresholds, toScorers } from '@evals/core'
import { expect, test } from 'vitest'
import { unknownScores } from './unknown-scores.ts'

const scorers = toScorers([{ name: 'exactMatch', score: () => 1 }])
const planOf = (thresholds: Parameters<typeof readThresholds>[0]) => ({
  eval: 'qa.eval.ts > capitals',
  variant: { model: 'mini' },
  scorers,
  thresholds: readThresholds(thresholds, scorers),
})
const scored = (scores: Parameters<typeof unknownScores>[1]['scores']) => ({ outcome: 'scored', scores }) as const

test('a threshold on a score that the first sample has not is told once, with the name that was meant', () => {
  const plan = planOf({ exactMach: 0.8 })
  expect(unknownScores(plan, scored({ exactMatch: 1 }))).toEqual([
    'qa.eval.ts > capitals [model=mini]: the threshold `exactMach mean ≥ 0.8` is on a score "exactMach", which the first scored sample has not; it has exactMatch. Did you mean "exactMatch"? Unless another sample gets one, the threshold fails at the end.',
  ])
  expect(unknownScores(plan, scored({ exactMatch: 1 }))).toEqual([])
})

test('names that scorers gave while running are known, and so are figures of all evals', () => {
  const plan = planOf({ exactMatch: 1, rougeL: 0.5, assertions: 1, costUsd: { total: 1 }, latencyMs: { p50: 9 } })
  expect(unknownScores(plan, scored({ exactMatch: null, rougeL: 0.3 }))).toEqual([])
})

test('what has not all its scores tells nothing', () => {
  const plan = planOf({ rougeL: 0.5 })
  expect(unknownScores(plan, { outcome: 'error', scores: {} })).toEqual([])
  expect(unknownScores(plan, scored({ exactMatch: 'failed' }))).toEqual([])
  expect(unknownScores(plan, scored({ exactMatch: 'absent' }))).toEqual([])
  expect(unknownScores(plan, scored({ exactMatch: 1 }))).toHaveLength(1)
})
