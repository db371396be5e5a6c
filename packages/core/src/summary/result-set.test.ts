import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyOf, ResultSet } from './result-set.ts'
import { makeResult } from './sample-result.test-support.ts'
import type { SampleResult } from './sample-result.ts'

test('the newest result of a sample and epoch wins, unless only an older one is scored', () => {
  const set = new ResultSet()
  set.add(makeResult({ outcome: 'error', durationMs: 1 }))
  set.add(makeResult({ outcome: 'timeout', durationMs: 2 }))
  expect([...set.values()]).toMatchObject([{ outcome: 'timeout', durationMs: 2 }])
  set.add(makeResult({ durationMs: 3 }))
  set.add(makeResult({ outcome: 'cancelled', durationMs: 4 }))
  expect([...set.values()]).toMatchObject([{ outcome: 'scored', durationMs: 3 }])
  set.add(makeResult({ durationMs: 5 }))
  set.add(makeResult({ epoch: 1, outcome: 'error' }))
  expect([...set.values()]).toMatchObject([{ durationMs: 5 }, { epoch: 1 }])
  expect(set.size).toBe(2)
})

test('keys tell ids and epochs apart, whatever an id looks like', () => {
  expect(keyOf({ id: 'a', epoch: 0 })).toBe('a')
  expect(keyOf({ id: 'a', epoch: 1 })).toBe('a #2')
  expect(keyOf({ id: 'a #2', epoch: 0 })).toBe('a #2 #1')
  const sample = fc.record({ id: fc.string({ unit: fc.constantFrom('a', ' ', '#', '1', '2') }), epoch: fc.nat(12) })
  fc.assert(
    fc.property(sample, sample, (one, other) => {
      expect(keyOf(one) === keyOf(other)).toBe(one.id === other.id && one.epoch === other.epoch)
    }),
    { numRuns: 1000 },
  )
})

const result: fc.Arbitrary<SampleResult> = fc.record({
  id: fc.constantFrom('a', 'b', 'a #2'),
  epoch: fc.nat(2),
  outcome: fc.constantFrom('scored', 'error', 'timeout', 'cancelled'),
  passed: fc.constant(null),
  scores: fc.constant({}),
  durationMs: fc.nat(),
})

test('property: for every sample it holds the last scored result, else the last', () => {
  fc.assert(
    fc.property(fc.array(result), (results) => {
      const set = new ResultSet()
      for (const one of results) set.add(one)
      const keys = new Set(results.map(keyOf))
      expect(set.size).toBe(keys.size)
      for (const held of set.values()) {
        const same = results.filter((one) => keyOf(one) === keyOf(held))
        expect(held).toBe(same.findLast(({ outcome }) => outcome === 'scored') ?? same.at(-1))
      }
    }),
  )
})

test('what is not planned any more can be dropped', () => {
  const set = new ResultSet()
  for (const id of ['a', 'b', 'c']) set.add(makeResult({ id }))
  set.add(makeResult({ id: 'a', epoch: 1 }))
  expect(set.retain(new Set(['a', 'c']))).toEqual(['b', 'a #2'])
  expect(set.has({ id: 'a', epoch: 0 })).toBe(true)
  expect(set.has({ id: 'a', epoch: 1 })).toBe(false)
  set.remove(['c', 'unknown'])
  expect([...set.values()].map(({ id }) => id)).toEqual(['a'])
})

test('a revision with a size counts when it is complete, and no sooner', () => {
  const set = new ResultSet()
  for (const id of ['a', 'b']) set.add(makeResult({ id, durationMs: 1 }))
  const rescored = { revision: 1, revisionSize: 2, durationMs: 2 }
  for (const id of ['a', 'a']) set.add(makeResult({ id, ...rescored }))
  expect({ revision: set.revision, newest: set.newestRevision, size: set.size }).toEqual({
    revision: 0,
    newest: 1,
    size: 2,
  })
  expect(set.get({ id: 'a', epoch: 0 })).toMatchObject({ durationMs: 1 })
  set.add(makeResult({ id: 'b', ...rescored }))
  expect({ revision: set.revision, newest: set.newestRevision }).toEqual({ revision: 1, newest: 1 })
  expect([...set.values()]).toMatchObject([{ durationMs: 2 }, { durationMs: 2 }])
  set.add(makeResult({ id: 'a', durationMs: 3 }))
  expect(set.get({ id: 'a', epoch: 0 })).toMatchObject({ durationMs: 2 })
})

test('what is begun anew while a revision is incomplete counts at once', () => {
  const set = new ResultSet()
  set.add(makeResult({ id: 'a' }))
  set.add(makeResult({ id: 'a', revision: 1, revisionSize: 2 }))
  set.add(makeResult({ id: 'b', revision: 2 }))
  set.add(makeResult({ id: 'c', revision: 1, revisionSize: 2 }))
  expect(set.revision).toBe(2)
  expect([...set.values()].map(({ id }) => id)).toEqual(['b'])
})
