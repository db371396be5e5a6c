import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { selectSamples, type Selection } from './select-samples.ts'

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `${index}` }))
async function idsOf(from: Iterable<object> | AsyncIterable<object>, selection: Selection): Promise<string[]> {
  return (await selectSamples(from, {}, selection)).map(({ id }) => id)
}

/** An endless source that counts what is read, and whether it was closed. */
function endless() {
  const source = { read: 0, closed: false }
  async function* generate(): AsyncGenerator<{ id: string }> {
    try {
      for (;;) yield { id: `${source.read++}` }
    } finally {
      source.closed = true
    }
  }
  return Object.assign(source, { rows: generate() })
}

test('all rows in their order, of arrays, iterables and async iterables', async () => {
  const expected = ['0', '1', '2']
  expect(await idsOf(rows(3), {})).toEqual(expected)
  expect(await idsOf(new Set(rows(3)), {})).toEqual(expected)
  expect(
    await idsOf(
      (async function* generate() {
        yield* rows(3)
      })(),
      {},
    ),
  ).toEqual(expected)
  expect(await idsOf([], {})).toEqual([])
})

describe('limit', () => {
  test('alone reads no further, and closes the source', async () => {
    const source = endless()
    expect(await idsOf(source.rows, { limit: 3, maxRows: 10 })).toEqual(['0', '1', '2'])
    expect(source).toMatchObject({ read: 3, closed: true })
  })

  test('of 0 reads nothing', async () => {
    const source = endless()
    expect(await idsOf(source.rows, { limit: 0 })).toEqual([])
    expect(source.read).toBe(0)
  })

  test('a larger one than the dataset takes all', async () => {
    expect(await idsOf(rows(2), { limit: 5 })).toEqual(['0', '1'])
  })

  test.for<Selection>([{}, { shuffle: true, limit: 2 }, { ids: ['1'], limit: 1 }, { tags: ['a'], limit: 1 }])(
    'an endless source with %j is an error past the greatest number of rows',
    async (selection) => {
      const source = endless()
      await expect(idsOf(source.rows, { ...selection, maxRows: 50 })).rejects.toMatchObject({
        code: 'EVALS_DATASET_TOO_LARGE',
        message: expect.stringContaining('more than 50 rows, and no `limit` alone ends'),
      })
      expect(source).toMatchObject({ read: 51, closed: true })
    },
  )
})

test('a dataset of the greatest number of rows passes', async () => {
  expect(await idsOf(rows(3), { maxRows: 3 })).toEqual(['0', '1', '2'])
})

describe('shuffle', () => {
  test('gives an order that the seed alone decides', async () => {
    const order = await idsOf(rows(20), { shuffle: true, seed: 7 })
    expect(order).not.toEqual(await idsOf(rows(20), {}))
    expect(order.toSorted()).toEqual((await idsOf(rows(20), {})).toSorted())
    expect(await idsOf(rows(20).toReversed(), { shuffle: true, seed: 7 })).toEqual(order)
    expect(await idsOf(rows(20), { shuffle: true, seed: 8 })).not.toEqual(order)
    expect(await idsOf(rows(20), { shuffle: true })).toEqual(await idsOf(rows(20), { shuffle: true, seed: 0 }))
    // Golden: another order would give users another sample of their dataset.
    expect(await idsOf(rows(6), { shuffle: true, seed: 7 })).toMatchInlineSnapshot(`
      [
        "4",
        "3",
        "2",
        "1",
        "5",
        "0",
      ]
    `)
  })

  test('comes before limit', async () => {
    const order = await idsOf(rows(20), { shuffle: true })
    expect(await idsOf(rows(20), { shuffle: true, limit: 5 })).toEqual(order.slice(0, 5))
  })

  test('property: rows that are added move none of the others', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1 })),
        fc.uniqueArray(fc.string({ minLength: 1 })),
        fc.integer(),
        async (some, others, seed) => {
          const before = some.map((id) => ({ id }))
          const added = others.filter((id) => !some.includes(id)).map((id) => ({ id }))
          const order = await idsOf(before, { shuffle: true, seed })
          const longer = await idsOf([...added, ...before], { shuffle: true, seed })
          expect(longer.filter((id) => some.includes(id))).toEqual(order)
        },
      ),
    )
  })
})

describe('filters', () => {
  test.for<[string[], string[]]>([
    [['qa-1'], ['qa-1']],
    [['qa-*'], ['qa-1', 'qa-2']],
    [
      ['qa-1', 'geo/*'],
      ['qa-1', 'geo/x'],
    ],
    [['*'], ['qa-1', 'qa-2', '.hidden', 'a[1]', 'geo/x']],
    [['.hidden'], ['.hidden']],
    [['a[1]'], ['a[1]']],
    [['{qa-1,qa-2}'], ['qa-1', 'qa-2']],
    [['QA-1'], []],
    [['qa'], []],
  ])('ids %j take %j', async ([ids, expected]) => {
    const own = ['qa-1', 'qa-2', '.hidden', 'a[1]', 'geo/x'].map((id) => ({ id }))
    expect(await idsOf(own, { ids })).toEqual(expected)
  })

  test.for<[string[], string[]]>([
    [['a'], ['1', '3']],
    [
      ['a', 'b'],
      ['1', '2', '3'],
    ],
    [['!a'], ['2', '4']],
    [['b', '!a'], ['2']],
    [['!a', '!b'], ['4']],
    [['A'], []],
    [['c'], []],
  ])('tags %j take %j', async ([tags, expected]) => {
    const tagged = [{ id: '1', tags: ['a'] }, { id: '2', tags: ['b'] }, { id: '3', tags: ['a', 'b'] }, { id: '4' }]
    expect(await idsOf(tagged, { tags })).toEqual(expected)
  })

  test('come before limit, and duplicates keep the ordinal they have in the whole dataset', async () => {
    const duplicates = [{ q: 1 }, { q: 1, tags: ['x'] }, { q: 1, tags: ['x'] }]
    const [first] = await idsOf(duplicates, {})
    expect(await idsOf(duplicates, { tags: ['x'], limit: 1 })).toEqual([`${first}-2`])
  })
})
