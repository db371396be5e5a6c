import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from './golden.test-support.ts'
import { invalid } from './invalid.test-support.ts'
import { sequentialTest } from './sequential-test.ts'

interface Case {
  readonly p0: number
  readonly p1: number
  readonly xs: readonly number[]
  readonly decision: string
  readonly at: number
  readonly llr: readonly number[]
}

const golden = readGolden<{ upper: number; lower: number; alpha: number; beta: number; cases: readonly Case[] }>(
  'stats-sprt',
)
const rates = { p0: 0.7, p1: 0.9 }

describe('sequentialTest', () => {
  test.each(golden.cases)('ends with $decision at $at', ({ p0, p1, xs, decision, at, llr }) => {
    const { alpha, beta } = golden
    const found = sequentialTest(xs.map(Boolean), { p0, p1, alpha, beta })
    expect(found).toMatchObject({ decision: decision.replace('_', '-'), at })
    expect(Math.abs(found.logLikelihoodRatio - llr.at(-1)!)).toBeLessThanOrEqual(golden.tolerance)
    expect(found.upper).toBeCloseTo(golden.upper, 12)
    expect(found.lower).toBeCloseTo(golden.lower, 12)
  })

  test('accepts the lower rate after two failures and reads no further', () => {
    const read: boolean[] = []
    function* outcomes(): Iterable<boolean> {
      for (const outcome of [false, false, true]) {
        read.push(outcome)
        yield outcome
      }
    }
    expect(sequentialTest(outcomes(), rates)).toMatchObject({ decision: 'accept-p0', at: 2 })
    expect(read).toEqual([false, false])
  })

  test('goes on until a bound is passed, in the order of the outcomes', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean()), (outcomes) => {
        const { decision, at, logLikelihoodRatio, upper, lower } = sequentialTest(outcomes, rates)
        const before = sequentialTest(outcomes.slice(0, Math.max(0, at - 1)), rates)
        expect(before.decision).toBe('continue')
        if (decision === 'continue') expect(at).toBe(outcomes.length)
        expect(logLikelihoodRatio >= upper).toBe(decision === 'accept-p1')
        expect(logLikelihoodRatio <= lower).toBe(decision === 'accept-p0')
      }),
    )
  })

  test.each([
    { p0: 0.7, p1: 0.7 },
    { p0: 0, p1: 0.7 },
    { p0: 0.7, p1: NaN },
    { p0: 0.7, p1: 0.9, alpha: 0.6, beta: 0.5 },
  ])('refuses %j', (options) => {
    expect(() => sequentialTest([], options)).toThrow(invalid)
  })
})
