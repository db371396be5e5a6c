import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rangeOf, readScorerResult, type ScoreSource } from './read-scorer-result.ts'

const read = (result: unknown, source: Partial<ScoreSource> = {}) => readScorerResult(result, { name: 's', ...source })

describe('what a scorer may return', () => {
  test.for<[string, unknown, object]>([
    ['a number', 0.5, { value: 0.5 }],
    ['an integer', -3, { value: -3 }],
    ['true', true, { value: 1, kind: 'binary' }],
    ['false', false, { value: 0, kind: 'binary' }],
    ['null', null, { value: null }],
    ['details', { value: 1, explanation: 'e', metadata: { m: 1 } }, { value: 1, explanation: 'e', metadata: { m: 1 } }],
    [
      'details of autoevals',
      { name: 's', score: 0.5, metadata: { rationale: 'r' } },
      { value: 0.5, metadata: { rationale: 'r' } },
    ],
    ['details with a boolean', { value: true }, { value: 1, kind: 'binary' }],
    ['details that score nothing', { value: null, explanation: 'refused' }, { value: null, explanation: 'refused' }],
    ['details of both names', { value: 1, score: 0 }, { value: 1 }],
    ['details with nothing in some', { score: 1, explanation: null, metadata: undefined }, { value: 1 }],
    ['details with more than we know', { value: 1, confidence: 0.9 }, { value: 1 }],
  ])('%s', ([, result, score]) => {
    expect(read(result)).toEqual([['s', score]])
  })

  test('several, under their own names', () => {
    expect(read([{ name: 'a', value: 1 }, { score: null }, { name: 'c', value: false }])).toEqual([
      ['a', { value: 1 }],
      ['s', { value: null }],
      ['c', { value: 0, kind: 'binary' }],
    ])
    expect(read([])).toEqual([])
    expect(read([0.5])).toEqual([['s', { value: 0.5 }]])
  })

  test('a boolean of a scorer that declares its kind is just 1 or 0', () => {
    expect(read(true, { kind: 'binary' })).toEqual([['s', { value: 1 }]])
    expect(read(false, { kind: 'graded' })).toEqual([['s', { value: 0 }]])
  })
})

describe('what it may not', () => {
  test.for<[unknown, Partial<ScoreSource>, string]>([
    [undefined, {}, 'returned nothing; a score is a finite number, a boolean or null.'],
    ['0.5', {}, 'returned "0.5"; a score is a finite number'],
    [Number.NaN, {}, 'returned NaN; a score is a finite number'],
    [Number.POSITIVE_INFINITY, {}, 'returned Infinity; a score is a finite number'],
    [Symbol('s'), {}, 'returned Symbol(s); a score is a finite number'],
    [{}, {}, 'returned an object without `value` or `score` ()'],
    [{ result: 1, why: '' }, {}, 'returned an object without `value` or `score` (result, why)'],
    [{ value: undefined }, {}, 'returned nothing;'],
    [{ name: 'a', score: 'high' }, {}, 'The scorer "a" returned "high"'],
    [1.1, { range: [0, 1] }, 'returned 1.1; a score is a number from 0 to 1, its range.'],
    [-0.1, { range: [0, 1] }, 'returned -0.1; a score is a number from 0 to 1'],
    [2, { kind: 'binary' }, 'returned 2; a score is a number from 0 to 1'],
    [0.5, { kind: 'binary' }, 'returned 0.5; a score is 0 or 1, since it is binary.'],
    [true, { range: [2, 5] }, 'returned true'],
    [{ value: 1, name: 7 }, {}, 'whose `name` is a number; it must be a text.'],
    [{ value: 1, name: '' }, {}, 'whose `name` is a string; it must be a text.'],
    [{ value: 1, explanation: {} }, {}, 'whose `explanation` is a object'],
    [{ value: 1, metadata: ['a'] }, {}, 'whose `metadata` is a object; it must be an object.'],
  ])('%o from %o', ([result, source, message]) => {
    expect(() => read(result, source)).toThrow(
      expect.objectContaining({ code: 'EVALS_SCORE_INVALID', message: expect.stringContaining(message) }),
    )
  })
})

test('the range of a binary scorer is [0, 1], of others what they declare', () => {
  expect(rangeOf({})).toEqual([-Infinity, Infinity])
  expect(rangeOf({ kind: 'graded' })).toEqual([-Infinity, Infinity])
  expect(rangeOf({ kind: 'binary' })).toEqual([0, 1])
  expect(rangeOf({ kind: 'graded', range: [1, 5] })).toEqual([1, 5])
})

test('property: whatever a scorer returns is a finite number in its range, null, or its error', () => {
  const range = [-2, 3] as const
  fc.assert(
    fc.property(
      fc.oneof(fc.anything(), fc.double(), fc.record({ value: fc.oneof(fc.double(), fc.anything()) })),
      (result) => {
        let scores: ReturnType<typeof read>
        try {
          scores = read(result, { range })
        } catch (error) {
          expect(error).toMatchObject({ code: 'EVALS_SCORE_INVALID' })
          return
        }
        for (const [name, { value }] of scores) {
          expect(name).not.toBe('')
          expect(value === null || (value >= range[0] && value <= range[1])).toBe(true)
        }
      },
    ),
  )
})

test('an infinite end of a range that has been JSON is infinite again', () => {
  const declared = JSON.parse(JSON.stringify({ name: 's', range: [0, Number.POSITIVE_INFINITY] })) as ScoreSource
  expect(rangeOf(declared)).toEqual([0, Number.POSITIVE_INFINITY])
  expect(readScorerResult(7, declared)).toEqual([['s', { value: 7 }]])
  expect(() => readScorerResult(-1, declared)).toThrow('a number from 0 to Infinity')
})
