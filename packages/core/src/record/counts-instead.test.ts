import { expect, test } from 'vitest'
import { countsInstead } from './counts-instead.ts'

const scored = { outcome: 'scored', rowHash: 'old' } as const
const failed = { outcome: 'error', rowHash: 'old' } as const

test.for([
  ['the first record', failed, undefined, true],
  ['a newer score', scored, scored, true],
  ['a score after a failure', scored, failed, true],
  ['a failure after a score', failed, scored, false],
  ['a failure of the changed row after a score of the old one', { ...failed, rowHash: 'new' }, scored, true],
  ['a failure after a failure', failed, failed, true],
] as const)('%s counts instead: %s', ([, newer, older, expected]) => {
  expect(countsInstead(newer, older)).toBe(expected)
})
