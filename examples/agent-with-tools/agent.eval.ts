import { evalTest } from 'vitest-plugin-evals'
import { toolCalls } from 'vitest-plugin-evals/scorers'
import { runAgent } from './agent.ts'
import { shopModel } from './shop-model.ts'
import { wishes } from './wishes.ts'

const test = evalTest.extend('model', { scope: 'worker' }, shopModel)

test.each(wishes)('agent', ({ wish }, { model }) => runAgent(model, wish), {
  scorers: [
    // The calls that were expected and no other, with their arguments, in that order; they are found in the trace.
    toolCalls({ mode: 'ordered' }),
    // The share of it that is right: F1 of the tools' names.
    toolCalls({ name: 'toolNames', arguments: 'ignore', partialCredit: true }),
  ],
  limits: { turns: 4, costUsd: 0.05 },
  thresholds: { toolCalls: 0.5, costUsd: { total: 0.2 } },
})
