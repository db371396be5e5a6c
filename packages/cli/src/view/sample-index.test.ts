import type { SampleRecord } from '@evals/core'
import { makeRecord } from '@evals/core/testing'
import { expect, test } from 'vitest'
import { SampleIndex } from './sample-index.ts'

function indexOf(...records: readonly Partial<SampleRecord>[]): SampleIndex {
  const index = new SampleIndex()
  for (const [place, record] of records.entries()) index.add({ place, record: makeRecord(record) })
  return index
}

const key = 'qa.eval.ts > capitals'

test('of each sample the newest scored record counts, else the newest', () => {
  const index = indexOf(
    { id: 'a', outcome: 'error' },
    { id: 'a', output: 'first' },
    { id: 'a', outcome: 'timeout' },
    { id: 'a', output: 'second' },
    { id: 'b', outcome: 'error' },
    { id: 'b', outcome: 'timeout' },
    { id: 'b', epoch: 1, outcome: 'answered' },
  )
  expect(index.changesAfter(0, 100)).toMatchObject({
    rows: [0, 1, 2],
    evals: [{ key, eval: key, variant: {} }],
    columns: {
      id: ['a', 'b', 'b'],
      epoch: [0, 0, 1],
      outcome: ['scored', 'timeout', 'answered'],
      output: ['second', 'Paris', 'Paris'],
    },
  })
  expect(
    [
      { id: 'a', epoch: 0 },
      { id: 'b', epoch: 0 },
      { id: 'b', epoch: 1 },
      { id: 'c', epoch: 0 },
    ].map((one) => index.placeOf({ key, ...one })),
  ).toEqual([3, 5, 6, undefined])
})

test('changes are told from a version on, each row as it is now, in as many steps as wanted', () => {
  const index = indexOf({ id: 'a', outcome: 'error' }, { id: 'b' }, { id: 'a' }, { id: 'c' })
  const first = index.changesAfter(0, 2)
  expect([first.rows, first.version]).toEqual([[1], 2])
  const second = index.changesAfter(first.version, 2)
  expect([second.rows, second.columns.id, second.version]).toEqual([[0, 2], ['a', 'c'], 4])
  expect(index.changesAfter(4, 2).rows).toEqual([])
})

test('a newer revision of an eval removes what was before, and older records are not taken in', () => {
  const index = indexOf({ id: 'a' }, { id: 'b', eval: 'other' }, { id: 'a', revision: 1 }, { id: 'z', revision: 0 })
  const { columns, rows } = index.changesAfter(0, 100)
  expect([rows, columns.outcome, columns.id]).toEqual([
    [1, 0, 2],
    ['scored', 'removed', 'scored'],
    ['b', 'a', 'a'],
  ])
  expect(index.results().map(({ results }) => results.length)).toEqual([1, 1])
})

test('a revision with a size counts when it is complete, and no sooner', () => {
  const rescored = { revision: 1, revisionSize: 2 }
  const index = indexOf({ id: 'a' }, { id: 'b' }, { id: 'a', ...rescored }, { id: 'a', ...rescored, outcome: 'error' })
  expect(index.places()).toEqual([0, 1])
  index.add({ place: 4, record: makeRecord({ id: 'b', ...rescored }) })
  const { columns, rows } = index.changesAfter(2, 100)
  expect([rows, columns.outcome]).toEqual([
    [0, 1, 2, 3],
    ['removed', 'removed', 'scored', 'scored'],
  ])
  expect(index.places()).toEqual([0, 1, 2, 4])
})

test('a row holds scores as they are, the first error, tokens, and the beginning of texts on one line', () => {
  const index = indexOf({
    input: { question: `two\nlines ${'x'.repeat(5_000_000)}` },
    expected: { a: 1, b: 2 },
    usage: { inputTokens: 3, outputTokens: 4 },
    scores: {
      binary: { value: 1, kind: 'binary' },
      none: { value: null },
      broken: { value: null, error: { name: 'TypeError', message: 'no' } },
      __proto__: { value: 0.5 },
    },
  })
  const { columns, scores } = index.changesAfter(0, 1)
  expect(columns).toMatchObject({ tokens: [7], error: ['TypeError'], expected: ['{"a":1,"b":2}'] })
  expect(columns.input[0]).toBe(`two lines ${'x'.repeat(189)}…`)
  expect(scores).toEqual({ binary: [true], none: [null], broken: ['failed'] })
})

test('samples that are no part of their eval any more are removed, until they are again', () => {
  const index = indexOf({ id: 'a' }, { id: 'b' }, { id: 'b', epoch: 1 })
  index.leaveOut(new Map([[key, new Set(['a', 'b #2', 'unknown'])]]))
  expect(index.changesAfter(3, 100)).toMatchObject({ rows: [0, 2], columns: { outcome: ['removed', 'removed'] } })
  expect(index.results()[0]?.results.map(({ id, epoch }) => [id, epoch])).toEqual([['b', 0]])

  const { version } = index
  index.leaveOut(new Map([[key, new Set(['b #2'])]]))
  expect(index.changesAfter(version, 100)).toMatchObject({ rows: [0], columns: { outcome: ['scored'] } })
  index.leaveOut(new Map([[key, new Set(['b #2'])]]))
  expect(index.version).toBe(version + 1)
})
