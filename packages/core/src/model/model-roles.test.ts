import { afterEach, expect, test } from 'vitest'
import { modelForRole, useModelRoles } from './model-roles.ts'

afterEach(() => useModelRoles({}))

test('a role is played by the model it was re-pointed to, else by its own, else by the default', () => {
  expect(modelForRole('judge', 'openai:gpt-5')).toBe('openai:gpt-5')
  expect(modelForRole('judge')).toBeUndefined()
  expect(modelForRole('constructor')).toBeUndefined()
  useModelRoles({ judge: 'anthropic:claude-sonnet-5', default: 'openai:gpt-5-mini' })
  expect(modelForRole('judge', 'openai:gpt-5')).toBe('anthropic:claude-sonnet-5')
  expect(modelForRole('writer', 'openai:gpt-5')).toBe('openai:gpt-5')
  expect(modelForRole('writer')).toBe('openai:gpt-5-mini')
  expect(modelForRole('default', 'openai:gpt-5')).toBe('openai:gpt-5-mini')
})
