import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeVerdict, orient } from './judge-verdict.ts'

function estimate(lower: number, value: number, upper: number) {
  return { value, n: 50, interval: { lower, upper, method: 't', level: 0.95 } }
}

const alpha = 0.05

describe('judgeVerdict', () => {
  test.each([
    ['better', estimate(0.1, 0.2, 0.3), 'higher', 0.01, undefined],
    ['worse', estimate(0.1, 0.2, 0.3), 'lower', 0.01, undefined],
    ['inconclusive', estimate(0.1, 0.2, 0.3), 'higher', 0.06, undefined],
    ['better', estimate(0.1, 0.2, 0.3), 'higher', 0.05, undefined],
    ['better', estimate(0.1, 0.2, 0.3), 'higher', 0.01, 0.05],
    ['notWorse', estimate(-0.04, 0, 0.04), 'higher', 1, 0.05],
    ['notWorse', estimate(-0.04, -0.03, -0.02), 'higher', 0.001, 0.05],
    ['notWorse', estimate(0.02, 0.03, 0.04), 'lower', 0.001, 0.05],
    ['worse', estimate(-0.06, -0.04, -0.02), 'higher', 0.001, 0.05],
    ['inconclusive', estimate(-0.05, 0, 0.05), 'higher', 1, 0.05],
    ['inconclusive', estimate(-0.04, 0, 0.04), 'higher', 1, undefined],
    ['inconclusive', { value: 0.5, n: 1, interval: null }, 'higher', 1, 0.05],
    ['inconclusive', { value: 0.5, n: 1, interval: null }, 'higher', null, 0.05],
    ['inconclusive', null, 'higher', null, 0.05],
  ] as const)(
    'is %s for %j where %s is better, p %s, margin %s',
    (verdict, difference, direction, pAdjusted, margin) => {
      const facts = { difference, direction, pAdjusted, alpha, ...(margin !== undefined && { margin }) }
      expect(judgeVerdict(facts)).toBe(verdict)
    },
  )

  test('says the same of a score and of its negative where lower is better', () => {
    const numbers = fc.double({ min: -1, max: 1, noNaN: true })
    const p = fc.double({ min: 0, max: 0.2, noNaN: true })
    fc.assert(
      fc.property(fc.tuple(numbers, numbers, numbers), p, fc.option(p), (ends, pAdjusted, margin) => {
        const [lower, value, upper] = ends.toSorted((a, b) => a - b) as [number, number, number]
        const rest = { pAdjusted, alpha, ...(margin !== null && { margin }) }
        expect(judgeVerdict({ ...rest, difference: estimate(-upper, -value, -lower), direction: 'lower' })).toBe(
          judgeVerdict({ ...rest, difference: estimate(lower, value, upper), direction: 'higher' }),
        )
      }),
    )
  })
})

describe('orient', () => {
  test('turns a difference where lower is better, without a negative zero', () => {
    expect(orient(estimate(-1, 0, 2), 'lower')).toEqual([-2, 0, 1])
    expect(orient(estimate(-1, 0, 2), 'higher')).toEqual([-1, 0, 2])
    expect(orient({ value: 3, n: 1 }, 'lower')).toEqual([null, -3, null])
  })
})
