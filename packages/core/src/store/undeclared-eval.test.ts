import { expect, test } from 'vitest'
import { nextUndeclared, type UndeclaredEval } from './undeclared-eval.ts'

const failing = (name: string, message: string, variant = {}): UndeclaredEval => ({
  eval: name,
  variant,
  error: { name: 'EvalsError', code: 'EVALS_DATASET_UNREADABLE', message },
})

test('an eval that was not tried stays, one that was has what came of it', () => {
  const before = [failing('a', 'old'), failing('b', 'old'), failing('c', 'old', { model: 'mini' })]
  const undeclared = [failing('b', 'new'), failing('d', 'new')]
  expect(nextUndeclared(before, { declared: ['c'], undeclared })).toEqual([before[0], ...undeclared])
  expect(nextUndeclared(before, { declared: ['a', 'b', 'c'], undeclared: [] })).toEqual([])
  expect(nextUndeclared(undefined, { declared: ['a'], undeclared })).toEqual(undeclared)
})

test('one that its file has no longer is forgotten', () => {
  const before = [failing('qa.eval.ts > old', 'old'), failing('other.eval.ts > old', 'old')]
  expect(nextUndeclared(before, { declared: ['qa.eval.ts > new'], undeclared: [] })).toEqual(before.slice(1))
})

test('of an eval some of whose variants could be declared, the others are told', () => {
  const big = failing('a', 'no such model', { model: 'big' })
  expect(nextUndeclared([failing('a', 'old')], { declared: ['a'], undeclared: [big] })).toEqual([big])
})
