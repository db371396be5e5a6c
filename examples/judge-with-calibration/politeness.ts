import { model } from '@evals/providers'
import { judge } from 'vitest-plugin-evals/scorers'
import './judge-model.ts'

/** Whether a reply is polite, as a model sees it. */
export const politeness = judge({
  name: 'politeness',
  model: model('judge', 'simulated:lenient'),
  rubric: `"polite": a customer would feel respected by the reply.
"rude": it blames, mocks or brushes off the customer.
A short reply is not rude by being short.`,
  choices: { polite: 1, rude: 0 },
  parts: ({ output }) => ({ reply: output }),
  promptVersion: '3',
})
