import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'
import { capitals } from './capitals.ts'
import { chatModels } from './chat-models.ts'

// Every combination runs: three models × two prompts.
const test = evalTest.variants({
  model: chatModels('gpt-5', 'gpt-5-mini', 'gpt-5-nano'),
  prompt: {
    plain: 'Answer with its name only.',
    teacher: 'You are a teacher of geography and never wrong. Answer with its name only.',
  },
})

test.each(capitals)(
  'capitals',
  ({ country }, { model, prompt }) => model.generate(`What is the capital of ${country}? ${prompt}`),
  { scorers: [exactMatch({ trim: true })], thresholds: { exactMatch: 0.4 } },
)
