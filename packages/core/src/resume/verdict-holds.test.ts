import { expect, test } from 'vitest'
import type { PassWhen } from '../sample/judge-sample.ts'
import { makeRecord } from '../testing/make-entry.ts'
import { toSampleResult } from '../summary/sample-result.ts'
import type { SampleRecord } from '../record/record.ts'
import { verdictHolds } from './verdict-holds.ts'

const isRight: PassWhen = ({ right }) => right === 1
const fails: PassWhen = () => {
  throw new Error('no')
}
const right = { right: { value: 1, kind: 'binary' as const } }
const wrong = { right: { value: 0 } }
const unscored = { right: { value: null } }
const broken = { right: { value: null, error: { name: 'Error', message: 'no' } } }
const assertionFailed = { assertions: { value: 0, kind: 'binary' as const }, ...unscored }

test.for<[string, boolean | null, SampleRecord['scores'], PassWhen | undefined, boolean]>([
  ['the same is said', true, right, isRight, true],
  ['the same is said', false, wrong, isRight, true],
  ['nothing is asked for', true, wrong, undefined, true],
  ['an assertion failed', false, assertionFailed, undefined, true],
  ['a scorer failed', null, broken, isRight, true],
  ['it passes now', false, right, isRight, false],
  ['it fails now', true, unscored, isRight, false],
  ['nothing is asked for any more', false, wrong, undefined, false],
  ['`passWhen` has been mended', null, right, isRight, false],
  ['`passWhen` fails as before', null, right, fails, false],
])('%s: recorded %s', ([, passed, scores, passWhen, expected]) => {
  expect(verdictHolds(toSampleResult(makeRecord({ passed, scores })), passWhen)).toBe(expected)
})
