import { expect, test } from 'vitest'
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
