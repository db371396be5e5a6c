import { expect, test } from 'vitest'
import { Revisions } from './revisions.ts'

test('the newest complete revision counts, whatever has begun after it', () => {
  const revisions = new Revisions<number>()
  const counting: (readonly [number, number, string])[] = []
  for (const [sample, revision] of [
    ['a', 0],
    ['a', 1],
    ['b', 2],
    ['b', 1],
    ['c', 0],
    ['a', 2],
  ] as const) {
    revisions.add(sample, { revision, ...(revision > 0 ? { revisionSize: 2 } : {}) }, (before = 0) => before + 1)
    counting.push([revisions.current, revisions.newest, [...revisions.counting.keys()].join()])
  }
  expect(counting).toEqual([
    [0, 0, 'a'],
    [0, 1, 'a'],
    [0, 2, 'a'],
    [1, 2, 'a,b'],
    [1, 2, 'a,b'],
    [2, 2, 'b,a'],
  ])
})
