/** A config for a project without one. */
export const newConfig = `import { defineConfig } from 'vitest/config'
import { evals } from 'vitest-plugin-evals/config'

export default defineConfig({
  plugins: [evals()],
})
`

/** An eval that runs at once: its task is a function in the place of a model. */
export const exampleEval = `import { evalTest } from 'vitest-plugin-evals'
import { exactMatch } from 'vitest-plugin-evals/scorers'

const questions = [
  { question: 'What is the capital of France?', expected: 'Paris' },
  { question: 'What is the capital of Japan?', expected: 'Tokyo' },
  { question: 'What is the capital of Australia?', expected: 'Canberra' },
]

// Your own code, or a model such as openai('gpt-5-mini') of @evals/providers/openai, stands here.
async function answer(question: string): Promise<string> {
  if (question.includes('France')) return 'Paris'
  return question.includes('Japan') ? 'Tokyo' : 'Sydney'
}

evalTest.each(questions)('capitals', async ({ question }) => answer(question), {
  scorers: [exactMatch()],
  thresholds: { exactMatch: 0.6 },
})
`
