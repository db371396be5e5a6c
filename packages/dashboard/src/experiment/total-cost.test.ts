import { expect, test } from 'vitest'
import { totalCost } from './total-cost.ts'

const models = [{ model: 'openai:gpt-5', purpose: 'task', calls: 1, usage: {} }] as const
const priced = (total: number) => ({ costUsd: { total, mean: total }, models })
const unpriced = { costUsd: null, models }
const withoutModel = { costUsd: null }

test.for([
  ['nothing', [], { costUsd: null }],
  ['evals that called no model', [withoutModel], { costUsd: null }],
  ['evals of which no cost is known', [unpriced], { costUsd: null }],
  ['known costs', [priced(1), priced(2), withoutModel], { costUsd: 3 }],
  ['known and unknown costs', [priced(1), unpriced], { costUsd: 1, isCostPartial: true }],
] as const)('%s', ([, evals, expected]) => {
  expect(totalCost(evals)).toEqual(expected)
})
