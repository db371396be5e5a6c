import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'
import { chatModels } from './apis.ts'
import { capitals } from './capitals.ts'

const test = evalTest.variants({
  model: chatModels('openai:gpt-5-mini', 'openai:gpt-5', 'anthropic:claude-haiku-4-5'),
})

test.each(capitals)(
  'capitals',
  ({ country }, { model }) => model.generate(`What is the capital of ${country}? Answer with its name only.`),
  {
    scorers: [exactMatch({ trim: true })],
    thresholds: { exactMatch: 0.7, costUsd: { total: 0.25 }, latencyMs: { p95: 60_000 } },
  },
)
