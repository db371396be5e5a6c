import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meanEstimate, type DeclaredMoments } from './mean-estimate.ts'
import { RunningMoments } from './running-moments.ts'
import { tInterval } from './t-interval.ts'
import { wilsonInterval } from './wilson-interval.ts'

function declared(kind: DeclaredMoments['kind'], values: Iterable<number>): DeclaredMoments {
  const moments = new RunningMoments()
  for (const value of values) moments.add(value)
  return { kind, n: moments.n, mean: moments.mean, stderr: moments.stderr }
}

const sweep = Array<number>(12).fill(1)

describe('meanEstimate', () => {
  test('of nothing is null', () => {
    expect(meanEstimate(declared('binary', []))).toBeNull()
    expect(meanEstimate(declared('graded', []))).toBeNull()
  })

  test('of binary scores has a Wilson interval and the standard error of any mean', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 2 }), (values) => {
        const p = values.filter((value) => value === 1).length / values.length
        const estimate = meanEstimate(declared('binary', values))
        const wilson = wilsonInterval(p * values.length, values.length)
        expect(estimate?.value).toBeCloseTo(p, 12)
        expect(estimate?.stderr).toBeCloseTo(Math.sqrt((p * (1 - p)) / (values.length - 1)), 12)
        expect(estimate?.interval?.lower).toBeCloseTo(wilson.lower, 12)
        expect(estimate?.interval?.upper).toBeCloseTo(wilson.upper, 12)
        expect(estimate).not.toHaveProperty('note')
      }),
    )
  })

  test('of a binary clean sweep or a single value keeps an interval', () => {
    expect(meanEstimate(declared('binary', sweep))).toEqual({
      value: 1,
      n: 12,
      stderr: 0,
      interval: wilsonInterval(12, 12),
    })
    expect(meanEstimate(declared('binary', [0]))).toEqual({
      value: 0,
      n: 1,
      stderr: null,
      interval: wilsonInterval(0, 1),
    })
  })

  test('of graded scores has a t interval, even if every value is 0 or 1', () => {
    const moments = declared('graded', [0, 1, 1, 1])
    expect(meanEstimate(moments, { level: 0.9 })).toEqual({
      value: 0.75,
      n: 4,
      stderr: 0.25,
      interval: tInterval(moments, { level: 0.9 }),
    })
  })

  test('of graded scores without spread says why there is no interval', () => {
    expect(meanEstimate(declared('graded', sweep))).toEqual({
      value: 1,
      n: 12,
      stderr: 0,
      interval: null,
      note: 'all 12 values are equal: no interval is defined',
    })
    expect(meanEstimate(declared('graded', [0.4]))).toEqual({
      value: 0.4,
      n: 1,
      stderr: null,
      interval: null,
      note: 'one value: no interval is defined',
    })
  })

  test('passes the level on', () => {
    expect(meanEstimate(declared('binary', sweep), { level: 0.99 })?.interval).toMatchObject({ level: 0.99 })
  })

  test('refuses a binary mean that no 0/1 values can have', () => {
    expect(() => meanEstimate({ kind: 'binary', n: 2, mean: 1.5, stderr: 0.5 })).toThrow(
      expect.objectContaining({ code: 'EVALS_STATISTIC_INVALID' }),
    )
  })
})
