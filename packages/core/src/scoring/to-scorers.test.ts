import { expect, test } from 'vitest'
import type { Scorer } from './scorer.ts'
import { toScorers } from './to-scorers.ts'

test('a plain function is a scorer of its own name; a scorer stays itself', () => {
  const mentionsParis = (): boolean => true
  const scorer = { name: 'b', score: mentionsParis, range: [0, 5] as const }
  expect(toScorers([mentionsParis, scorer])).toEqual([{ name: 'mentionsParis', score: mentionsParis }, scorer])
  expect(toScorers([mentionsParis, scorer])[1]).toBe(scorer)
  expect(toScorers([])).toEqual([])
})

test('two of one name are refused', () => {
  const same = (): number => 1
  expect(() => toScorers([same, { name: 'same', score: same }])).toThrow(
    expect.objectContaining({ code: 'EVALS_SCORER_DUPLICATE', details: { name: 'same' } }),
  )
})

test.for(['costUsd', 'latencyMs', 'assertions'])('%s is a name with a meaning of its own', (name) => {
  expect(() => toScorers([{ name, score: () => 1 }])).toThrow(
    expect.objectContaining({ code: 'EVALS_SCORER_OPTION_INVALID', message: expect.stringContaining(`"${name}"`) }),
  )
})

test.for<unknown>([
  { name: 'a' },
  { score: (): number => 1 },
  { name: '', score: (): number => 1 },
  { name: 'a', score: 1 },
  undefined,
  null,
  'exactMatch',
])('%j is no scorer', (thing) => {
  expect(() => toScorers([thing as never])).toThrow(expect.objectContaining({ code: 'EVALS_SCORER_OPTION_INVALID' }))
})

test.for<[range: unknown, kind: Scorer['kind'], message: string]>([
  [
    [0.9, 0],
    undefined,
    `[0.9, 0]; the least value comes first: [0, 0.9]. Where less is better, add direction: 'lower'.`,
  ],
  [[Infinity, 0], 'graded', 'the least value comes first: [0, Infinity]'],
  [[0, 0.9], 'binary', `[0, 0.9]; a binary score is 0 or 1. Leave the range of "a" out, or write kind: 'graded'.`],
  [[1, 2], 'binary', 'a binary score is 0 or 1'],
  [[0], undefined, '[0]; it must be two numbers, such as [0, 1].'],
  [[0, Number.NaN], undefined, 'it must be two numbers'],
  ['0-1', undefined, 'it must be two numbers'],
])('a range that no score could keep to is refused: %j', ([range, kind, message]) => {
  const scorer = { name: 'a', score: () => 1, range, kind } as Scorer
  expect(() => toScorers([scorer])).toThrow(
    expect.objectContaining({ code: 'EVALS_SCORER_OPTION_INVALID', message: expect.stringContaining(message) }),
  )
})

test.for<Pick<Scorer, 'range' | 'kind'>>([
  { range: [0, 1], kind: 'binary' },
  { range: [-Infinity, Infinity] },
  { range: [0, Infinity], kind: 'graded' },
  { range: [0, null] as unknown as [number, number] },
])('%j is a scale', (scale) => {
  expect(toScorers([{ name: 'a', score: () => 1, ...scale }])).toHaveLength(1)
})
