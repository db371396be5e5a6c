import { expect, test } from 'vitest'
import { evalKey, variantLabel } from './eval-key.ts'

test('a variant is part of the key, in the order of its dimensions', () => {
  expect(evalKey('qa.eval.ts > capitals', {})).toBe('qa.eval.ts > capitals')
  expect(evalKey('qa.eval.ts > capitals', { model: 'mini', prompt: 'v1' })).toBe(
    'qa.eval.ts > capitals [model=mini, prompt=v1]',
  )
  expect(variantLabel({})).toBe('')
})
