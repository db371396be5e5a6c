import { expect, test } from 'vitest'
import { toStoredError } from './stored-error.ts'

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
