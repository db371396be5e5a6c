import { expect, test } from 'vitest'
import { accountOf } from './account.ts'

test('is the address without secrets, and a hash of the key', () => {
  expect(accountOf('https://api.example.com/v1/', 'sk-secret')).toBe('https://api.example.com/v1 746b4ad1ca91')
  expect(accountOf('http://127.0.0.1:11434')).toBe('http://127.0.0.1:11434')
  expect(accountOf('http://127.0.0.1:11434/', '')).toBe('http://127.0.0.1:11434')
  expect(accountOf('localhost')).toBe('localhost')
  expect(accountOf('localhost:8000/')).toBe('localhost:8000')
})

test('other keys are other accounts', () => {
  const accounts = ['one', 'two', undefined].map((key) => accountOf('https://host/v1', key))
  expect(new Set(accounts).size).toBe(3)
  expect(accounts.join(' ')).not.toMatch(/one|two/)
})
