import { expect, test } from 'vitest'
import { toThinking } from './thinking.ts'

test.each(['claude-opus-4-6', 'claude-sonnet-5', 'claude-haiku-5-5', 'claude-opus-4-8', 'claude-mythos-preview'])(
  '%s is told how hard to think',
  (modelId) => {
    expect(toThinking(modelId, { reasoning: 'high' })).toEqual({
      max_tokens: 32_768,
      thinking: { type: 'adaptive' },
      effort: 'high',
    })
  },
)

test.each([
  'claude-3-7-sonnet-20250219',
  'claude-opus-4-20250514',
  'claude-opus-4-0',
  'claude-opus-4-1-20250805',
  'claude-haiku-4-5',
  'claude-sonnet-4-5-20250929',
])('%s is told how many tokens to think', (modelId) => {
  expect(toThinking(modelId, { reasoning: 'medium' })).toEqual({
    max_tokens: 32_768,
    thinking: { type: 'enabled', budget_tokens: 8192 },
  })
  expect(toThinking(modelId, { reasoning: 'high', maxOutputTokens: 4000 })).toEqual({
    max_tokens: 4000,
    thinking: { type: 'enabled', budget_tokens: 3999 },
  })
})

test('no thinking is asked for, or left to the model', () => {
  expect(toThinking('claude-sonnet-5', { reasoning: 'none', maxOutputTokens: 9 })).toEqual({
    max_tokens: 9,
    thinking: { type: 'disabled' },
  })
  expect(toThinking('claude-sonnet-5', {})).toEqual({ max_tokens: 16_384 })
})
