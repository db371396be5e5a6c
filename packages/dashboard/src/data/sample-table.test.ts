import { expect, test } from 'vitest'
import { makeChunk } from './row-chunk.test-support.ts'
import { SampleTable } from './sample-table.ts'

test('a row that comes again takes its place, also in what is searched', () => {
  const table = new SampleTable()
  table.apply(makeChunk([{ id: 'a', outcome: 'answered' }, { id: 'b' }]))
  expect(table.textOf(0)).toBe('a\n\n\n\n')
  table.apply(makeChunk([{ row: 0, id: 'a', output: 'Paris', scores: { match: true } }]))
  expect({ count: table.count, size: table.size, outcome: table.columns.outcome, text: table.textOf(0) }).toEqual({
    count: 2,
    size: 2,
    outcome: ['scored', 'scored'],
    text: 'a\n\n\nparis\n',
  })
  expect([table.score('match', 0), table.score('match', 1), table.score('unknown', 0)]).toEqual([true, 'none', 'none'])
})

test('a sample is found by eval, id and epoch; a removed one is not', () => {
  const table = new SampleTable()
  table.apply(
    makeChunk([
      { id: 'a', outcome: 'removed' },
      { id: 'a' },
      { id: 'a', epoch: 2 },
      { id: 'a', epoch: 1 },
      { id: 'a', eval: 1 },
    ]),
  )
  const rows = [
    { key: 'one', id: 'a', epoch: 0 },
    { key: 'one', id: 'a', epoch: 2 },
    { key: 'two', id: 'a', epoch: 0 },
    { key: 'two', id: 'a', epoch: 1 },
    { key: 'three', id: 'a', epoch: 0 },
  ].map((address) => table.find(address))
  expect(rows).toEqual([1, 2, 4, undefined, undefined])
  expect(table.count).toBe(4)
  table.apply(
    makeChunk([
      { id: 'a', outcome: 'removed' },
      { id: 'a', outcome: 'removed' },
    ]),
  )
  expect([table.count, table.size]).toEqual([3, 5])
  expect(table.epochsOf({ key: 'one', id: 'a' })).toEqual([1, 2])
  expect(table.address(4)).toEqual({ key: 'two', id: 'a', epoch: 0 })
})
