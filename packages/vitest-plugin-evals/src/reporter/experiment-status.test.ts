import { evalKey, type EvalSummary } from '@evals/core'
import { expect, test } from 'vitest'
import { makeSummary } from '../terminal/eval-summary.test-support.ts'
import { statusOf } from './experiment-status.ts'

const whole = { interrupted: false, sharded: false, unloaded: false }
const having = (...summaries: readonly EvalSummary[]) => ({
  evals: Object.fromEntries(summaries.map((summary) => [evalKey(summary.eval, summary.variant), summary])),
})

test('completed: every planned sample of every eval is scored', async () => {
  expect(statusOf(having(await makeSummary('a'), await makeSummary('b')), whole)).toBe('completed')
  expect(statusOf({ ...having(), undeclared: [] }, whole)).toBe('completed')
})

test('completed-with-errors: every one has a record, not all are scored', async () => {
  const fine = await makeSummary('a')
  expect(statusOf(having(fine, await makeSummary('b', { errors: 1 })), whole)).toBe('completed-with-errors')
  expect(statusOf(having({ ...fine, samples: { ...fine.samples, timeout: 1 } }), whole)).toBe('completed-with-errors')
  const scorers = { exactMatch: { ...fine.scorers['exactMatch']!, failed: 1 } }
  expect(statusOf(having({ ...fine, scorers }), whole)).toBe('completed-with-errors')
  expect(statusOf(having(fine), { ...whole, unloaded: true })).toBe('completed-with-errors')
  const undeclared = [{ eval: 'b', variant: {}, error: { name: 'Error', message: 'no dataset' } }]
  expect(statusOf({ ...having(fine), undeclared }, whole)).toBe('completed-with-errors')
})

test('partial: samples are missing or were cancelled, or a shard ran', async () => {
  const fine = await makeSummary('a')
  for (const count of ['missing', 'cancelled'] as const) {
    expect(statusOf(having({ ...fine, samples: { ...fine.samples, error: 1, [count]: 1 } }), whole)).toBe('partial')
  }
  expect(statusOf(having(fine), { ...whole, sharded: true })).toBe('partial')
})

test('interrupted: whatever else is true', async () => {
  expect(
    statusOf(having(await makeSummary('a', { errors: 1 })), { interrupted: true, sharded: true, unloaded: true }),
  ).toBe('interrupted')
})
