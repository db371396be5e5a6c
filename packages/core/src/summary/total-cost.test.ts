import { expect, test } from 'vitest'
import { totalCost } from './total-cost.ts'

const use = { model: 'openai:gpt-5', purpose: 'task', calls: 1, usage: {} } as const
const priced = (total: number) => ({ costUsd: { total, mean: total }, models: [{ ...use, costUsd: total }] })
const unpriced = { costUsd: null, models: [use] }
const mixed = { costUsd: null, models: [{ ...use, costUsd: 2 }, use] }
const withoutModel = { costUsd: null }

test.for([
  ['nothing', [], { costUsd: null, unpriced: 0 }],
  ['evals that called no model', [withoutModel], { costUsd: null, unpriced: 0 }],
  ['evals of which no cost is known', [unpriced], { costUsd: null, unpriced: 1 }],
  ['known costs', [priced(1), priced(2), withoutModel], { costUsd: 3, unpriced: 0 }],
  ['known and unknown costs', [priced(1), unpriced], { costUsd: 1, unpriced: 1 }],
  ['a model with a price and one without', [priced(1), mixed], { costUsd: 3, unpriced: 1 }],
] as const)('%s', ([, evals, expected]) => {
  expect(totalCost(evals)).toEqual(expected)
})
