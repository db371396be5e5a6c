import { expect, test } from 'vitest'
import { EvalsError } from '../errors.ts'
import { attemptsOf, toStoredAttempt, toStoredError } from './stored-error.ts'

test('an error keeps its name, code, message, stack and causes', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const failed = new TypeError('fetch failed', { cause: refused })
  expect(toStoredError(failed)).toEqual({
    name: 'TypeError',
    message: 'fetch failed',
    stack: failed.stack,
    cause: { name: 'Error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED', stack: refused.stack },
  })
})

test('a cause that leads back to itself ends after three levels', () => {
  const error = new Error('again')
  error.cause = error
  expect(JSON.stringify(toStoredError(error)).split('"cause"')).toHaveLength(4)
})

test('earlier attempts stand beside the last error', () => {
  const first = toStoredError('first')
  expect(toStoredError('last', [first])).toEqual({ name: 'Error', message: 'last', attempts: [first] })
})

test('an error of a model call names the attempts before it itself; what others call attempts is not meant', () => {
  const attempts = [toStoredError('first')]
  const refused = Object.assign(new EvalsError('EVALS_BUDGET_SPENT', 'no money'), { attempts })
  expect(attemptsOf(refused)).toBe(attempts)
  expect(toStoredError(refused)).toMatchObject({ code: 'EVALS_BUDGET_SPENT', attempts })
  expect(attemptsOf(Object.assign(new Error('no'), { attempts: [1, 2] }))).toEqual([])
  expect(attemptsOf(Object.assign(new EvalsError('EVALS_BUDGET_SPENT', 'no money'), { attempts: 3 }))).toEqual([])
})

test('an attempt is stored without stacks', () => {
  const failed = new TypeError('fetch failed', { cause: new Error('reset') })
  const cause = { name: 'Error', message: 'reset' }
  expect(toStoredAttempt(failed)).toEqual({ name: 'TypeError', message: 'fetch failed', cause })
})
