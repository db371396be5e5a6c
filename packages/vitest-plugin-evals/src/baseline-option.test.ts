import { expect, test } from 'vitest'
import { isBaseline, mergeBaselines } from './baseline-option.ts'

test.each([
  'main',
  'main-*',
  { experiment: 'main' },
  { experiment: 'main', alpha: 0.01, margin: 0.02, gate: 'notWorse' },
  { experiment: 'main', gate: 'worse' },
])('%j is one', (value) => expect(isBaseline(value)).toBe(true))

test.each([
  '',
  ' ',
  7,
  null,
  [],
  {},
  { experiment: '' },
  { experiment: 'main', alpha: 1 },
  { experiment: 'main', margin: 0 },
  { experiment: 'main', margin: Number.NaN },
  { experiment: 'main', gate: 'better' },
  { experiment: 'main', gate: 'notWorse' },
  { experiment: 'main', margins: 1 },
])('%j is none', (value) => expect(isBaseline(value)).toBe(false))

test('a name alone leaves to the others how it is judged', () => {
  const judged = { experiment: 'main', gate: 'notWorse', margin: 0.02 } as const
  expect(mergeBaselines(judged, undefined, 'mine')).toEqual({ ...judged, experiment: 'mine' })
  expect(mergeBaselines('main', { experiment: 'other', alpha: 0.01 })).toEqual({ experiment: 'other', alpha: 0.01 })
  expect(mergeBaselines(undefined, undefined)).toBeUndefined()
})
