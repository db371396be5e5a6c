import { expect, test } from 'vitest'
import { didYouMean, nearNames } from './near-names.ts'

const known = ['anthropic', 'ollama', 'openai', 'openrouter', 'xai', 'lmStudio']

test.each([
  ['opnai', ['openai']],
  ['OpenAI', ['openai']],
  ['open', ['openai', 'openrouter']],
  ['antropic', ['anthropic']],
  ['lmstudio', ['lmStudio']],
  ['xia', ['xai']],
  ['xib', []],
  ['bedrock', []],
  ['', []],
])('%j could be %j', (name, expected) => {
  expect(nearNames(name, known)).toEqual(expected)
})

test('the question names what is near, if anything is', () => {
  expect(didYouMean('open', known)).toBe(' Did you mean "openai" or "openrouter"?')
  expect(didYouMean('bedrock', known)).toBe('')
})
