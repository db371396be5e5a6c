import { openai } from '@evals/providers/openai'
import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'
import { capitals } from './capitals.ts'

// Nothing in here is about going on: that is what the name of an experiment does.
const model = openai('gpt-5-mini')

evalTest.each(capitals)(
  'capitals',
  ({ country }) => model.generate(`What is the capital of ${country}? Answer with its name only.`),
  { scorers: [exactMatch({ trim: true })], thresholds: { exactMatch: 0.5 }, concurrency: 3 },
)
