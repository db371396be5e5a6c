import { expect, test } from 'vitest'
import { allowedErrors, failingErrors, tooManyErrors } from './error-rate.ts'

const of = (total: number, error: number, timeout: number) => ({ samples: { total, error, timeout } })

test('the share of the planned samples, rounded down', () => {
  expect([0, 0.009, 0.01, 0.29, 1].map((rate) => allowedErrors(rate, 100))).toEqual([0, 0, 1, 29, 100])
})

test('errors and timeouts above the allowed share are told with the numbers', () => {
  expect(tooManyErrors({ ...of(100, 2, 1), maxErrorRate: 0.01 })).toBe(
    '3 of 100 samples ended in an error or a timeout, more than maxErrorRate 0.01 allows (1)',
  )
  expect(tooManyErrors({ ...of(100, 1, 2), maxErrorRate: 0.03 })).toBeUndefined()
  expect(tooManyErrors(of(100, 2, 1))).toBeUndefined()
})

test('only errors above the allowed share fail a run, without one all do', () => {
  expect(failingErrors({ ...of(100, 2, 1), maxErrorRate: 0.01 })).toBe(3)
  expect(failingErrors({ ...of(100, 2, 1), maxErrorRate: 0.03 })).toBe(0)
  expect([failingErrors(of(100, 2, 1)), failingErrors(of(100, 0, 0))]).toEqual([3, 0])
})
