import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromCsv } from './from-csv.ts'
import type { FromCsvOptions } from './from-csv.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dataset-'))
})
afterAll(() => rm(root, { recursive: true }))

async function rowsOf(content: string, options?: FromCsvOptions): Promise<unknown[]> {
  await writeFile(join(root, 'rows.csv'), content)
  return Array.fromAsync(fromCsv('rows.csv', options)({ root }))
}

describe('fromCsv', () => {
  test('reads strings under the trimmed names of the header', async () => {
    const content = '\uFEFFquestion, expected ,n\r\n"a ""b"", c",007,\r\n\r\n d ,true,1e5\r\n'
    expect(await rowsOf(content)).toEqual([
      { question: 'a "b", c', expected: '007', n: '' },
      { question: ' d ', expected: 'true', n: '1e5' },
    ])
    expect(await rowsOf('')).toEqual([])
    expect(await rowsOf('a,b\n')).toEqual([])
  })

  test('reads a line break inside quotes as \\n, so that ids do not depend on the checkout', async () => {
    expect(await rowsOf('a,b\r\n"x\r\ny",1')).toEqual(await rowsOf('a,b\n"x\ny",1'))
    expect(await rowsOf('a,b\r\n"x\r\ny",1')).toEqual([{ a: 'x\ny', b: '1' }])
  })

  test('reads another delimiter', async () => {
    expect(await rowsOf('a\tb\n1,2\t3', { delimiter: '\t' })).toEqual([{ a: '1,2', b: '3' }])
    expect(() => fromCsv('rows.csv', { delimiter: '' })).toThrow(
      expect.objectContaining({ code: 'EVALS_OPTION_INVALID' }),
    )
  })

  test('keeps a column named __proto__', async () => {
    const [row] = await rowsOf('__proto__,a\n1,2')
    expect(Object.entries(row as object)).toEqual([
      ['__proto__', '1'],
      ['a', '2'],
    ])
  })

  test('reads any fields in order, however they fall on the pieces of the file', async () => {
    const field = fc.string({ unit: 'binary', maxLength: 20_000 }).map((text) => text.replaceAll('\r', ''))
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ a: field, b: field }), { maxLength: 30 }), async (rows) => {
        const lines = rows.map(({ a, b }) => `${quoted(a)},${quoted(b)}`)
        const expected = rows.map(({ a, b }) => ({ a: a.toWellFormed(), b: b.toWellFormed() }))
        expect(await rowsOf(['a,b', ...lines].join('\r\n'))).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  test('reads many rows', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => ({ n: String(index) }))
    expect(await rowsOf(['n', ...rows.map(({ n }) => n)].join('\n'))).toEqual(rows)
  })

  test.for([
    ['a,b\n1,2\n\n"x\r\ny",2,3\n', 4, 'expected 2 fields (a, b), got 3'],
    ['a,b\r\n"x\r\ny",2\r\n1\r\n', 4, 'expected 2 fields (a, b), got 1'],
    ['a,b\n1,2\n"x"y,3\n', 3, 'expected CSV, got: Invalid Closing Quote'],
    ['a,b\n1,2\nx"y,3\n', 3, 'expected CSV, got: Invalid Opening Quote'],
    ['a,b\n1,2\n"xy,3', 3, 'expected CSV, got: Quote Not Closed'],
  ] as const)('names the line of a broken row: %j', async ([content, line, message]) => {
    await expect(rowsOf(content)).rejects.toMatchObject({
      code: 'EVALS_DATASET_ROW_INVALID',
      message: expect.stringContaining(`rows.csv:${line}: ${message}`),
    })
  })

  test('gives the rows before a broken one', async () => {
    await writeFile(join(root, 'rows.csv'), 'a\n1\n2\n"x"y\n')
    const rows = fromCsv('rows.csv')({ root })[Symbol.asyncIterator]()
    expect((await rows.next()).value).toEqual({ a: '1' })
    expect((await rows.next()).value).toEqual({ a: '2' })
    await expect(rows.next()).rejects.toThrow('rows.csv:4')
  })

  test('refuses a header with an empty or repeated name', async () => {
    await expect(rowsOf('a,,b\n1,2,3')).rejects.toMatchObject({
      code: 'EVALS_DATASET_UNREADABLE',
      message: expect.stringContaining('rows.csv:1: column 2 of the header has no name.'),
    })
    await expect(rowsOf('a,b, a\n1,2,3')).rejects.toThrow('rows.csv:1: the header names "a" twice.')
  })

  test('says that a file is missing', async () => {
    await expect(Array.fromAsync(fromCsv('absent.csv')({ root }))).rejects.toMatchObject({
      code: 'EVALS_DATASET_UNREADABLE',
      message: expect.stringContaining(join(root, 'absent.csv')),
    })
  })

  test.skipIf(process.platform === 'win32')('gives rows of a pipe as they come', async () => {
    const path = join(root, 'pipe')
    execFileSync('mkfifo', [path])
    const writer = await open(path, 'r+')
    await writer.write('a,b\n1,2\n3,4\n5,not yet complete')
    const rows: unknown[] = []
    for await (const row of fromCsv('pipe')({ root })) {
      rows.push(row)
      if (rows.length === 2) break
    }
    expect(rows).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ])
    await writer.close()
  })
})
