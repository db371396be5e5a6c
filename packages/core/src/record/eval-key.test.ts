import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evalKey, variantLabel } from './eval-key.ts'

const name = 'qa.eval.ts > capitals'

test('a variant is part of the key, whatever order its dimensions come in', () => {
  expect(evalKey(name, {})).toBe(name)
  const key = 'qa.eval.ts > capitals [model=mini, prompt=v1]'
  expect(evalKey(name, { model: 'mini', prompt: 'v1' })).toBe(key)
  expect(evalKey(name, { prompt: 'v1', model: 'mini' })).toBe(key)
  expect(evalKey(name, { size: '1, b="2"' })).toBe(String.raw`qa.eval.ts > capitals [size="1, b=\"2\""]`)
})

test('property: keys are equal where variants are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', '=', ' ', '"', String.raw`\\`, '[', ']') })
  const variant = fc.dictionary(text, text, { maxKeys: 3 })
  const sorted = (of: object): unknown => Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1))
  fc.assert(
    fc.property(variant, variant, (a, b) => {
      const isEqual = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
      expect(evalKey(name, a) === evalKey(name, b)).toBe(isEqual)
    }),
    { numRuns: 2000 },
  )
})

test('a label has the dimensions as they were declared', () => {
  expect(variantLabel({ prompt: 'v1', model: 'mini' })).toBe('prompt=v1, model=mini')
  expect(variantLabel({})).toBe('')
})
