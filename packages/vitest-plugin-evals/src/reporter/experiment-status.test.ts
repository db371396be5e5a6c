import { expect, test } from 'vitest'
import { makeSummary } from '../terminal/eval-summary.test-support.ts'
import { statusOf } from './experiment-status.ts'

const whole = { interrupted: false, sharded: false, undeclared: false }

test('completed: every planned sample of every eval is scored', async () => {
  expect(statusOf([await makeSummary('a'), await makeSummary('b')], whole)).toBe('completed')
  expect(statusOf([], whole)).toBe('completed')
})

test('completed-with-errors: every one has a record, not all are scored', async () => {
  const fine = await makeSummary('a')
  expect(statusOf([fine, await makeSummary('b', { errors: 1 })], whole)).toBe('completed-with-errors')
  expect(statusOf([{ ...fine, samples: { ...fine.samples, timeout: 1 } }], whole)).toBe('completed-with-errors')
  const scorers = { exactMatch: { ...fine.scorers['exactMatch']!, failed: 1 } }
  expect(statusOf([{ ...fine, scorers }], whole)).toBe('completed-with-errors')
  expect(statusOf([fine], { ...whole, undeclared: true })).toBe('completed-with-errors')
})

test('partial: samples are missing or were cancelled, or a shard ran', async () => {
  const fine = await makeSummary('a')
  for (const count of ['missing', 'cancelled'] as const) {
    expect(statusOf([{ ...fine, samples: { ...fine.samples, error: 1, [count]: 1 } }], whole)).toBe('partial')
  }
  expect(statusOf([fine], { ...whole, sharded: true })).toBe('partial')
})

test('interrupted: whatever else is true', async () => {
  expect(
    statusOf([await makeSummary('a', { errors: 1 })], { interrupted: true, sharded: true, undeclared: true }),
  ).toBe('interrupted')
})
