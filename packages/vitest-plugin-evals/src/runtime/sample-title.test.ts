import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlannedSample } from './eval-plan.ts'
import { sampleTitle } from './sample-title.ts'

const planned = (id: string, row: unknown = {}, epoch = 0): PlannedSample => ({
  sample: {
    row,
    id,
    rowHash: '',
    input: row,
    expected: undefined,
    tags: [],
    metadata: {},
    columns: [],
    skip: false,
    only: false,
  },
  epoch,
})

test('name, id, and the epoch from the second one on', () => {
  expect(sampleTitle('capitals', planned('3f2a9c01d2e4b5a6'), undefined)).toBe('capitals › 3f2a9c01d2e4b5a6')
  expect(sampleTitle('capitals', planned('x', {}, 1), undefined)).toBe('capitals › x #2')
  expect(sampleTitle('two\nlines', planned('x'), undefined)).toBe('two lines › x')
})

describe('the text of `title`', () => {
  test.for<[string, unknown, string]>([
    ['$question', { question: 'Capital of France?' }, 'Capital of France?'],
    ['$a and $b', { a: 1, b: [true, null] }, '1 and [true,null]'],
    ['$missing', { a: 1 }, '$missing'],
    ['$toString', {}, '$toString'],
    ['$a', { a: undefined }, ''],
    ['costs $5', {}, 'costs $5'],
    ['$a', { a: ' many \n\t lines\u0007 ' }, 'many lines'],
    ['$a', { a: 'x'.repeat(60) }, `${'x'.repeat(39)}…`],
    ['$a', 'a text', '$a'],
    ['$a', { a: '$b', b: 1 }, '$b'],
  ])('%j of %j', ([template, row, text]) => {
    expect(sampleTitle('e', planned('id', row), template)).toBe(`e › id ${text}`)
  })
})

test.for<[string, string]>([
  ['a b', 'a b'],
  ['a  b ', 'a  b '],
  ['a\nb', 'a\\u000ab'],
  ['a\u2028b', 'a\\u2028b'],
  ['C:\\a', 'C:\\\\a'],
  ['\u001B[31m', '\\u001b[31m'],
])('the id %j is shown as %j', ([id, shown]) => {
  expect(sampleTitle('e', planned(id), undefined)).toBe(`e › ${shown}`)
})

test('property: no two samples of an eval share a name, and none breaks a line', () => {
  const id = fc.string({
    unit: fc.oneof(
      fc.constantFrom('a', ' ', '\n', '\\', 'n', '#', '2', '\u2028'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  })
  fc.assert(
    fc.property(id, id, fc.nat(3), fc.nat(3), (one, other, epoch, otherEpoch) => {
      const [a, b] = [
        sampleTitle('e', planned(one, {}, epoch), undefined),
        sampleTitle('e', planned(other, {}, otherEpoch), undefined),
      ]
      expect(a === b).toBe(one === other && epoch === otherEpoch)
      expect(a).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
    }),
    { numRuns: 500 },
  )
})
