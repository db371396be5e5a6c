import { evalTest } from 'vitest-plugin-evals'
import { numericMatch } from 'vitest-plugin-evals/scorers'
import { calculator, prompt } from './calculator.ts'
import { sums } from './sums.ts'

const test = evalTest.extend('model', { scope: 'worker' }, calculator)

test.each(sums)('calculator', ({ question }, { model }) => model.generate(prompt(question)), {
  scorers: [numericMatch()],
})
