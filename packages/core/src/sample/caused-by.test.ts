import { expect, test } from 'vitest'
import { EvalsError } from '../errors.ts'
import { isCausedBy } from './caused-by.ts'

const limit = new EvalsError('EVALS_SAMPLE_LIMIT', 'over')
const budget = new EvalsError('EVALS_BUDGET_SPENT', 'over')
const wrapped = new Error('Connection error.', { cause: new TypeError('fetch failed', { cause: limit }) })
const retried = Object.assign(new Error('failed after 3 attempts'), { errors: [new Error('no'), wrapped] })
const cyclic = new Error('a')
cyclic.cause = new Error('b', { cause: cyclic })

test.for<[string, unknown, boolean]>([
  ['the error itself', limit, true],
  ['a cause of a cause', wrapped, true],
  ['one of several errors', retried, true],
  ['several errors of an AggregateError', new AggregateError([limit]), true],
  ['another code', budget, false],
  ['another error with the message', new Error(limit.message), false],
  ['a cause that leads back to its effect', cyclic, false],
  ['no error', { cause: limit }, false],
  ['nothing', undefined, false],
])('%s: %s', ([, error, expected]) => {
  expect(isCausedBy(error, ['EVALS_SAMPLE_LIMIT'])).toBe(expected)
})

test('any of several codes', () => {
  expect(isCausedBy(budget, ['EVALS_SAMPLE_LIMIT', 'EVALS_BUDGET_SPENT'])).toBe(true)
  expect(isCausedBy(budget, [])).toBe(false)
})
