import { expect, test } from 'vitest'
import type { Scorer } from './scorer.ts'
import { fingerprintsOf, scorerFingerprint } from './scorer-fingerprint.ts'

const scorer: Scorer = { name: 'a', score: () => 1, range: [0, 1] }

test('is 16 hex digits, the same for alike scorers, whatever metrics they have', () => {
  const metrics = [{ name: 'count', compute: () => 1 }]
  expect(scorerFingerprint(scorer)).toMatch(/^[0-9a-f]{16}$/)
  expect(scorerFingerprint({ ...scorer, metrics })).toBe(scorerFingerprint(scorer))
  expect(fingerprintsOf([scorer])).toEqual({ a: scorerFingerprint(scorer) })
})

test.for<[string, Scorer]>([
  ['its code', { ...scorer, score: () => 2 }],
  ['its scale', { ...scorer, range: [0, 2] }],
  ['a member of its own', { ...scorer, prompt: 'Is it good?' } as Scorer],
  ['a version', { ...scorer, version: '1' }],
])('%s changes it', ([, changed]) => {
  expect(scorerFingerprint(changed)).not.toBe(scorerFingerprint(scorer))
})

test('with a version nothing else matters', () => {
  expect(scorerFingerprint({ ...scorer, version: '1', score: () => 2 })).toBe(
    scorerFingerprint({ ...scorer, version: '1' }),
  )
})

test('another version of the same scorer is another fingerprint', () => {
  const judge = { name: 'judge', score: () => 1, version: 'small' }
  const before = scorerFingerprint(judge)
  judge.version = 'big'
  expect(scorerFingerprint(judge)).toBe(scorerFingerprint({ ...judge }))
  expect(scorerFingerprint(judge)).not.toBe(before)
})
