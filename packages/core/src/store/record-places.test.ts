import { expect, test } from 'vitest'
import { makeRecord } from '../testing/make-entry.ts'
import type { SampleRecord } from '../record/record.ts'
import { RecordPlaces } from './record-places.ts'

function counting(given: readonly Partial<SampleRecord>[]): { size: number; places: number[] } {
  const records = given.map((parts) => makeRecord(parts))
  const places = new RecordPlaces()
  for (const record of records) places.add(record)
  const counts = places.secondReading()
  return { size: places.size, places: records.flatMap((record, index) => (counts(record) ? [index] : [])) }
}

test('the newest scored record of a sample counts, else the newest', () => {
  expect(
    counting([
      { id: 'a', outcome: 'error' },
      { id: 'a' },
      { id: 'b', outcome: 'error' },
      { id: 'a', outcome: 'timeout' },
      { id: 'b', outcome: 'timeout' },
      { id: 'a', variant: { model: 'x' } },
      { id: 'a', epoch: 1 },
    ]),
  ).toEqual({ size: 4, places: [1, 4, 5, 6] })
})

test('of samples that are no part of their eval any more no record counts, though a revision is not complete without', () => {
  const rescored = { eval: 'e', revision: 1, revisionSize: 2 }
  const records = [
    { eval: 'e', id: 'a' },
    { ...rescored, id: 'a' },
    { ...rescored, id: 'b' },
  ].map(makeRecord)
  const places = new RecordPlaces(new Map([['e', new Set(['a'])]]))
  for (const record of records) places.add(record)
  const counts = places.secondReading()
  expect({ size: places.size, counting: records.map((record) => counts(record)) }).toEqual({
    size: 1,
    counting: [false, false, true],
  })
})

test('a newer revision counts from its first record on', () => {
  expect(counting([{ id: 'a' }, { id: 'b' }, { id: 'a', revision: 1, outcome: 'error' }, { id: 'b' }])).toEqual({
    size: 1,
    places: [2],
  })
})

test('one with a size counts when it is complete, and no sooner', () => {
  const rescored = { revision: 1, revisionSize: 2 }
  const before = [{ id: 'a' }, { id: 'b' }]
  expect(counting([...before, { id: 'a', ...rescored }, { id: 'a', ...rescored }])).toEqual({ size: 2, places: [0, 1] })
  expect(counting([...before, { id: 'a', ...rescored }, { id: 'b', ...rescored }])).toEqual({ size: 2, places: [2, 3] })
})

test('what is begun anew after an incomplete revision counts at once', () => {
  expect(counting([{ id: 'a' }, { id: 'a', revision: 1, revisionSize: 2 }, { id: 'a', revision: 2 }])).toEqual({
    size: 1,
    places: [2],
  })
})
