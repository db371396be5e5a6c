import { expect, test } from 'vitest'
import { nearNames } from './near-names.ts'

const known = ['anthropic', 'ollama', 'openai', 'openrouter', 'xai', 'lmStudio']

test.each([
  ['opnai', ['openai']],
  ['OpenAI', ['openai']],
  ['open', ['openai', 'openrouter']],
  ['antropic', ['anthropic']],
  ['lmstudio', ['lmStudio']],
  ['xia', []],
  ['bedrock', []],
  ['', []],
])('%j could be %j', (name, expected) => {
  expect(nearNames(name, known)).toEqual(expected)
})
