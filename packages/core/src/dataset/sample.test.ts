import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleIdOf } from '../stored-value/canonical-hash.ts'
import { SampleFactory, type RowPicks, type Sample } from './sample.ts'

function samplesOf(rows: readonly unknown[], picks: RowPicks<unknown> = {}): Sample[] {
  const factory = new SampleFactory(picks)
  return rows.map((row) => factory.next(row))
}
const sampleOf = (row: unknown, picks: object = {}): Sample => samplesOf([row], picks)[0]!

describe('a row becomes a sample', () => {
  test('by the names of its columns', () => {
    const row = { question: 'q', expected: 'a', id: 'x', tags: ['t'], metadata: { m: 1 } }
    expect(sampleOf(row)).toEqual({
      row,
      id: 'x',
      rowHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      input: { question: 'q' },
      expected: 'a',
      tags: ['t'],
      metadata: { m: 1 },
      columns: ['question', 'expected', 'id', 'tags', 'metadata'],
      skip: false,
      only: false,
    })
  })

  test('with its column `input` alone as input, if it has one', () => {
    expect(sampleOf({ input: 'q', hint: 'h', expected: 'a' })).toMatchObject({ input: 'q', expected: 'a' })
    expect(sampleOf({ input: undefined, hint: 'h' }).input).toBeUndefined()
  })

  test('with a cluster only where an option picks one; a row without stands for itself', () => {
    const row = { input: 'q', cluster: 'c', text: 7, empty: '', none: null }
    expect(sampleOf(row)).not.toHaveProperty('cluster')
    expect(sampleOf(row, { cluster: 'text' })).toMatchObject({ cluster: '7', id: sampleOf(row).id })
    expect(sampleOf(row, { cluster: ({ input }: typeof row) => `${input}!` })).toMatchObject({ cluster: 'q!' })
    expect(sampleOf(row, { cluster: 'empty' })).not.toHaveProperty('cluster')
    expect(sampleOf(row, { cluster: 'none' })).not.toHaveProperty('cluster')
  })

  test('a text is its own input', () => {
    expect(sampleOf('q')).toMatchObject({ input: 'q', expected: undefined, tags: [], metadata: {}, columns: [] })
  })

  test('by options that name columns or pick from the row; named ones are no part of the input', () => {
    const row = { q: 'q', label: 'a', key: 7, kinds: 'x, y', note: 'n', hidden: true }
    const named = { expected: 'label', id: 'key', tags: 'kinds', metadata: 'note', skip: 'hidden' }
    expect(sampleOf(row, named)).toMatchObject({
      input: { q: 'q' },
      expected: 'a',
      id: '7',
      tags: ['x', 'y'],
      metadata: { metadata: 'n' },
      skip: true,
    })
    const picked = {
      input: ({ q }: typeof row) => q.toUpperCase(),
      expected: () => 'b',
      id: () => 'i',
      tags: () => ['z'],
      metadata: () => ({ a: 1 }),
      only: () => true,
    }
    expect(sampleOf(row, picked)).toMatchObject({
      input: 'Q',
      expected: 'b',
      id: 'i',
      tags: ['z'],
      metadata: { a: 1 },
      only: true,
    })
    expect(sampleOf(row, { input: 'q' }).input).toBe('q')
  })

  test('`skip` and `only` count only where an option names them', () => {
    expect(sampleOf({ q: 'q', skip: true, only: true })).toMatchObject({
      skip: false,
      only: false,
      input: { skip: true },
    })
  })

  test('a row without the column that `skip` or `only` names is not marked', () => {
    expect(sampleOf({ q: 'q' }, { skip: 'skip', only: 'only' })).toMatchObject({ skip: false, only: false })
    expect(sampleOf('q', { skip: 'skip', only: 'only' })).toMatchObject({ skip: false, only: false })
  })

  test.for([
    [undefined, []],
    [null, []],
    ['', []],
    ['a', ['a']],
    ['a, b ,c', ['a', 'b', 'c']],
    ['a,,b,a,', ['a', 'b']],
    [['a', 'a'], ['a']],
    [[], []],
  ] as const)('tags %j are %j', ([tags, expected]) => {
    expect(sampleOf({ q: 'q', tags }).tags).toEqual(expected)
  })
})

describe('its id', () => {
  test('is the 16 hex digits of its input, the same in every run and whatever the order of columns', () => {
    expect(sampleOf({ a: 1, b: [2] }).id).toBe(sampleIdOf({ a: 1, b: [2] }))
    expect(sampleOf({ b: [2], a: 1 }).id).toBe(sampleOf({ a: 1, b: [2] }).id)
    expect(sampleOf('q').id).toMatch(/^[0-9a-f]{16}$/)
  })

  test('stays when a row is marked, and when a label, tags or metadata are corrected, which `rowHash` tells', () => {
    const before = sampleOf({ q: 'q', expected: 'a', tags: ['t'], metadata: { m: 1 } })
    for (const change of [{ expected: 'b' }, { tags: [] }, { metadata: {} }]) {
      const after = sampleOf({ ...(before.row as object), ...change })
      expect(after.id).toBe(before.id)
      expect(after.rowHash).not.toBe(before.rowHash)
    }
    const marks = { skip: 'flaky', only: 'chosen' }
    for (const mark of [{ flaky: true }, { chosen: true }, { flaky: false, chosen: false }]) {
      expect(sampleOf({ q: 'q', ...mark }, marks).id).toBe(sampleOf({ q: 'q' }).id)
    }
    const named = { expected: 'label' }
    expect(sampleOf({ q: 'q', label: 'b' }, named).id).toBe(sampleOf({ q: 'q', label: 'a' }, named).id)
    const picked = { input: 'q', expected: ({ label }: { label: string }) => label }
    expect(sampleOf({ q: 'q', label: 'b' }, picked).id).toBe(sampleOf({ q: 'q', label: 'a' }, picked).id)
  })

  test('of duplicates has an ordinal in dataset order', () => {
    const ids = samplesOf(['a', 'b', 'a', { input: 'a' }]).map(({ id }) => id)
    const a = sampleIdOf('a')
    expect(ids).toEqual([a, sampleIdOf('b'), `${a}-2`, `${a}-3`])
  })

  test("that is the row's own is a text, and unique", () => {
    expect(samplesOf([{ id: 1 }, { id: 0 }, { id: 'x y' }, { id: null, q: 1 }]).map(({ id }) => id)).toEqual([
      '1',
      '0',
      'x y',
      sampleIdOf({ q: 1 }),
    ])
    expect(() => samplesOf([{ id: '1' }, { id: 1 }])).toThrow(
      expect.objectContaining({ code: 'EVALS_SAMPLE_ID_DUPLICATE', details: { id: '1', row: 2 } }),
    )
  })

  test('property: is unique in its dataset, also where own ids look like hashed ones', () => {
    const hashed = sampleIdOf({ input: 'a' })
    const row = fc.oneof(
      fc.record({ input: fc.constantFrom('a', 'b') }),
      fc.record({
        input: fc.constantFrom('a', 'b'),
        id: fc.constantFrom(sampleIdOf('a'), `${sampleIdOf('a')}-2`, hashed, 'x'),
      }),
    )
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const own = rows.flatMap((one) => ('id' in one ? [one.id] : []))
        fc.pre(new Set(own).size === own.length)
        let ids: string[]
        try {
          ids = samplesOf(rows).map(({ id }) => id)
        } catch (error) {
          expect(error).toMatchObject({ code: 'EVALS_SAMPLE_ID_DUPLICATE' })
          return
        }
        expect(new Set(ids).size).toBe(rows.length)
      }),
    )
  })
})

test.for([
  ['true', true],
  [' TRUE', true],
  ['False', false],
  ['', false],
  [null, false],
] as const)('the mark %j, as a CSV file may hold it, is %j', ([mark, is]) => {
  expect(sampleOf({ q: 1, mark }, { skip: 'mark', only: 'mark' })).toMatchObject({ skip: is, only: is })
})

describe('a row that cannot be one is named by its place', () => {
  test.for<[unknown, object, RegExp]>([
    [null, {}, /^Row 2 of the dataset is null;/],
    [7, {}, /is number;/],
    [['a'], {}, /is an array;/],
    [{ q: 1, id: '' }, {}, /has an `id` that is no text and no number/],
    [{ q: 1, id: {} }, {}, /has an `id` that is no text and no number \(object\)/],
    [{ q: 1, id: Number.NaN }, {}, /has an `id` that is no text and no number/],
    [{ q: {} }, { cluster: 'q' }, /has a `cluster` that is no text and no number \(object\)/],
    [{ q: 1, id: 2 ** 53 }, {}, /has an `id` that is too great for a number.*\(9007199254740992\)\. Quote it/],
    [{ mark: 'yes' }, { skip: 'mark' }, /has "yes" where the option `skip` wants true or false/],
    [{ mark: 1 }, { only: (row: { mark?: unknown }) => row.mark }, /has 1 where the option `only` wants true or false/],
    [{ q: 1, tags: 7 }, {}, /has `tags` that are no list of texts/],
    [{ q: 1, tags: ['a', 1] }, {}, /has `tags` that are no list of texts/],
    [
      { q: 1 },
      { expected: 'answer' },
      /has no column "answer", which the option `expected` names. Its columns are q\./,
    ],
  ])('%j %j', ([row, picks, message]) => {
    expect(() => samplesOf([{ answer: 'first', q: 0 }, row], picks)).toThrow(
      expect.objectContaining({
        code: 'EVALS_DATASET_ROW_INVALID',
        message: expect.stringMatching(message),
        details: { row: 2 },
      }),
    )
  })
})
