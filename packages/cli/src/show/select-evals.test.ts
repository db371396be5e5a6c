import { expect, test } from 'vitest'
import { isSelected } from './select-evals.ts'

const eval_ = { eval: 'qa.eval.ts > capitals', variant: { prompt: 'v1', model: 'a, b' } }

test.for([
  ['capitals', true],
  ['[model="a, b", prompt=v1]', true],
  ['capitals [prompt=v1, model=a, b]', true],
  ['prompt=v2', false],
  [undefined, true],
] as const)('--eval %s: %s', ([wanted, selected]) => {
  expect(isSelected(wanted, eval_)).toBe(selected)
})
