import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { hidingKey } from './hide-key.ts'

const key = 'sk-"secret"-0123456789'

test('a key is in nothing that an error shows', async () => {
  const cause = new TypeError(`bad key ${key}`)
  const error = Object.assign(new Error(`401 the key ${key} is wrong`, { cause }), {
    status: 401,
    error: { message: `no such key: ${key}`, code: 'invalid' },
    headers: new Headers({ 'x-request-id': 'r' }),
  })
  const failed = hidingKey(key, () => Promise.reject(error))
  await expect(failed).rejects.toBe(error)
  expect(error).toMatchObject({
    message: '401 the key *** is wrong',
    status: 401,
    error: { message: 'no such key: ***', code: 'invalid' },
    cause: { message: 'bad key ***' },
  })
  expect(error.stack).toContain('401 the key *** is wrong')
  expect(error.headers.get('x-request-id')).toBe('r')
  expect(inspect(error, { depth: 9 })).not.toContain('secret')
})

test('all else stays as it is', async () => {
  const error = new Error('overloaded')
  await expect(hidingKey(key, () => Promise.reject(error))).rejects.toBe(error)
  await expect(hidingKey(undefined, () => Promise.reject(error))).rejects.toBe(error)
  expect(error.message).toBe('overloaded')
  const circular: Error & { again?: unknown } = new Error(key)
  circular.again = circular
  await expect(hidingKey(key, () => Promise.reject(circular))).rejects.toBe(circular)
  expect(circular.message).toBe('***')
  expect(await hidingKey(key, async () => `answer ${key}`)).toBe(`answer ${key}`)
})
