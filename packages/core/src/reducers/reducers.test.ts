import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGolden } from '../stats/golden.test-support.ts'
import { reduceEpochs } from './reduce-epochs.ts'
import type { Reducer } from './reducer.ts'
import { atLeast, max, mean, median, min, mode, passAt, passHat } from './reducers.ts'

type Grade = number | 'C' | 'I' | 'P' | null
interface InspectRow {
  readonly reducer: string
  readonly scores: readonly Grade[]
  readonly expected: Grade
}

const golden = readGolden<{
  rows: readonly { n: number; c: number; k: number; exact_comb: number; pass_hat_k: number }[]
  benchmark_mean: { problems_n_c: readonly (readonly [number, number])[] } & Record<string, number>
}>('pass-at-k')
const inspect = readGolden<{ rows: readonly InspectRow[] }>('inspect-reducers')

const counting = { at_least: atLeast, pass_at: passAt, pass_k: passHat } as const

function reducerNamed(name: string): Reducer {
  if (name === 'mean') return mean
  if (name === 'mode') return mode
  const [, kind, k] = /^(at_least|pass_at|pass_k)_(\d+)$/.exec(name)!
  return counting[kind as keyof typeof counting](Number(k))
}

function value(grade: Grade): number | null {
  return typeof grade === 'string' ? { C: 1, P: 0.5, I: 0 }[grade] : grade
}

function epochs(n: number, c: number): number[] {
  return Array.from({ length: n }, (_, index) => Number(index < c))
}

function reduce(reducer: Reducer, scores: readonly (number | null)[]): number | null {
  return reduceEpochs(scores, [reducer])[reducer.name]!
}

const scores = fc.array(fc.constantFrom(0, 0.5, 1, 2), { minLength: 1, maxLength: 9 })

describe('reduceEpochs', () => {
  test.each(inspect.rows)('$reducer of $scores is $expected', ({ reducer, scores: given, expected }) => {
    const found = reduce(reducerNamed(reducer), given.map(value))
    if (expected === null) expect(found).toBeNull()
    else expect(Math.abs(found! - value(expected)!)).toBeLessThanOrEqual(inspect.tolerance)
  })

  test('gives several results at once, by the reducers’ names', () => {
    expect(reduceEpochs([1, 0, null, 1], [mean, max, min, median, mode, atLeast(2), passAt(2), passHat(3)])).toEqual({
      mean: 2 / 3,
      max: 1,
      min: 0,
      median: 1,
      mode: 1,
      atLeast2: 1,
      passAt2: 1,
      passHat3: 0,
    })
  })

  test('leaves out epochs without a score, and is null where too few are left', () => {
    const reducers = [mean, max, min, median, mode, atLeast(2), passAt(2), passHat(2)]
    expect(reduceEpochs([null, 1], reducers)).toEqual({
      mean: 1,
      max: 1,
      min: 1,
      median: 1,
      mode: 1,
      atLeast2: 0,
      passAt2: null,
      passHat2: null,
    })
    expect(Object.values(reduceEpochs([null, null], reducers))).toEqual(reducers.map(() => null))
    expect(Object.values(reduceEpochs([], reducers))).toEqual(reducers.map(() => null))
  })

  test('the mean lies among the scores, also where their sum is rounded up', () => {
    expect(reduce(mean, Array<number>(10).fill(0.9))).toBe(0.9)
  })

  test('refuses NaN', () => {
    expect(() => reduceEpochs([1, NaN], [mean])).toThrow(expect.objectContaining({ code: 'EVALS_STATISTIC_INVALID' }))
  })
})

describe('passAt and passHat', () => {
  test.each(golden.rows)('$c of $n, k $k', ({ n, c, k, exact_comb, pass_hat_k }) => {
    expect(Math.abs(reduce(passAt(k), epochs(n, c))! - exact_comb)).toBeLessThanOrEqual(golden.tolerance)
    expect(Math.abs(reduce(passHat(k), epochs(n, c))! - pass_hat_k)).toBeLessThanOrEqual(golden.tolerance)
  })

  test.each([1, 3, 5])('averaged over problems at k %i is what the reference says', (k) => {
    const problems = golden.benchmark_mean.problems_n_c
    for (const [reducer, sign] of [
      [passAt(k), '@'],
      [passHat(k), '^'],
    ] as const) {
      const sum = problems.reduce((total, [n, c]) => total + reduce(reducer, epochs(n, c))!, 0)
      expect(sum / problems.length).toBeCloseTo(golden.benchmark_mean[`pass${sign}${k}`]!, 9)
    }
  })

  test('agree with all choices of k epochs counted', () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 9 }), (given, k) => {
        const choices = Array.from({ length: 2 ** given.length }, (_, bits) =>
          given.filter((_score, i) => (bits >> i) & 1),
        )
        const ofSize = choices.filter((choice) => choice.length === k)
        const share = (holds: (choice: readonly number[]) => boolean): number =>
          ofSize.filter((choice) => holds(choice)).length / ofSize.length
        fc.pre(k <= given.length)
        expect(reduce(passAt(k), given)).toBeCloseTo(
          share((choice) => choice.some((score) => score >= 1)),
          12,
        )
        expect(reduce(passHat(k), given)).toBeCloseTo(
          share((choice) => choice.every((score) => score >= 1)),
          12,
        )
      }),
    )
  })

  test('count what reaches the threshold', () => {
    expect(reduce(passAt(1, { threshold: 0.5 }), [0.5, 0.4])).toBe(0.5)
    expect(reduce(passHat(1, { threshold: 0.5 }), [0.5, 0.4])).toBe(0.5)
    expect(reduce(atLeast(1, { threshold: 0.4 }), [0.5, 0.4])).toBe(1)
  })

  test.each([0, 1.5, NaN])('refuse k %s', (k) => {
    for (const make of [atLeast, passAt, passHat]) {
      expect(() => make(k)).toThrow(expect.objectContaining({ code: 'EVALS_OPTION_INVALID' }))
    }
  })
})

describe('reducers', () => {
  test('lie between the least and the greatest score and do not depend on the order', () => {
    fc.assert(
      fc.property(scores, fc.constantFrom(mean, max, min, median), (given, reducer) => {
        const result = reduce(reducer, given)!
        expect(result).toBeGreaterThanOrEqual(Math.min(...given))
        expect(result).toBeLessThanOrEqual(Math.max(...given))
        expect(reduce(reducer, given.toReversed())).toBeCloseTo(result, 12)
      }),
    )
  })

  test('know what kind of score they make', () => {
    const kinds = [mean, max, min, median, mode, atLeast(1), passAt(1), passHat(1)].map((reducer) => [
      reducer.name,
      reducer.kind('binary'),
      reducer.kind('graded'),
    ])
    expect(kinds).toEqual([
      ['mean', 'graded', 'graded'],
      ['max', 'binary', 'graded'],
      ['min', 'binary', 'graded'],
      ['median', 'graded', 'graded'],
      ['mode', 'binary', 'graded'],
      ['atLeast1', 'binary', 'binary'],
      ['passAt1', 'graded', 'graded'],
      ['passHat1', 'graded', 'graded'],
    ])
  })
})
