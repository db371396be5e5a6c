import { execFileSync } from 'node:child_process'
import { mkdtemp, open, readdir, readlink, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromJsonl } from './from-jsonl.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dataset-'))
})
afterAll(() => rm(root, { recursive: true }))

async function rowsOf(content: string | Uint8Array): Promise<unknown[]> {
  await writeFile(join(root, 'rows.jsonl'), content)
  return Array.fromAsync(fromJsonl('rows.jsonl')({ root }))
}

async function openDescriptors(path: string): Promise<number> {
  const descriptors = await readdir('/proc/self/fd')
  const targets = await Promise.all(descriptors.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')))
  return targets.filter((target) => target === path).length
}

describe('fromJsonl', () => {
  test('reads one row a line, with a byte order mark, CRLF, blank lines and no last line break', async () => {
    expect(await rowsOf('\uFEFF{"q":"é"}\r\n\r\n"text"\n   \n{"q":"2"}')).toEqual([{ q: 'é' }, 'text', { q: '2' }])
    expect(await rowsOf('{"q":1}\r\n\r\n')).toEqual([{ q: 1 }])
    expect(await rowsOf('')).toEqual([])
  })

  test('does not end a line at U+2028', async () => {
    expect(await rowsOf('{"q":"a\u2028b"}\n')).toEqual([{ q: 'a\u2028b' }])
  })

  test('reads any rows, however they fall on the pieces of the file', async () => {
    const row = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', maxLength: 30_000 }))
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
        const expected = rows.map((each) => JSON.parse(JSON.stringify(each)) as unknown)
        expect(await rowsOf(rows.map((each) => JSON.stringify(each)).join('\n'))).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  test('takes a file: URL as a text or an object, and reads again on each call', async () => {
    await rowsOf('{"q":1}')
    const url = pathToFileURL(join(root, 'rows.jsonl'))
    for (const dataset of [fromJsonl(url), fromJsonl(url.href)]) {
      expect(await Array.fromAsync(dataset({ root: '/elsewhere' }))).toEqual([{ q: 1 }])
      expect(await Array.fromAsync(dataset({ root: '/elsewhere' }))).toEqual([{ q: 1 }])
    }
  })

  test('names path and line of a line that is not JSON', async () => {
    await expect(rowsOf('{"q":1}\n\n{"q":1,}\n')).rejects.toMatchObject({
      code: 'EVALS_DATASET_ROW_INVALID',
      message: expect.stringMatching(
        /rows\.jsonl:3: expected a line of JSON, got: [^(]+ at position 7\. Correct or remove the line\.$/,
      ),
    })
  })

  test('gives the rows before a broken line', async () => {
    await writeFile(join(root, 'rows.jsonl'), '{"q":1}\n{')
    const rows = fromJsonl('rows.jsonl')({ root })[Symbol.asyncIterator]()
    expect(await rows.next()).toEqual({ done: false, value: { q: 1 } })
    await expect(rows.next()).rejects.toThrow('rows.jsonl:2')
  })

  test.for([
    ['null', 'nothing (null)'],
    ['12', 'a number'],
    ['true', 'a boolean'],
    ['[{"q":1}]', 'a list'],
  ] as const)('refuses a row that is %s', async ([line, kind]) => {
    await expect(rowsOf(`"ok"\n${line}`)).rejects.toMatchObject({
      code: 'EVALS_DATASET_ROW_INVALID',
      message: expect.stringContaining(`rows.jsonl:2: expected a row that is an object or a string, got ${kind}.`),
      details: { place: `${join(root, 'rows.jsonl')}:2` },
    })
  })

  test('says what is wrong with the file', async () => {
    const failures: [string | URL, RegExp][] = [
      [
        'absent.jsonl',
        new RegExp(`^${join(root, 'absent.jsonl')}: cannot read the dataset file: it does not exist\\.`),
      ],
      ['.', new RegExp(`^${root}: cannot read the dataset file: it is a directory`)],
      [
        new URL('https://example.com/rows.jsonl'),
        /^https:\/\/example\.com\/rows\.jsonl: expected a path or a file: URL/,
      ],
    ]
    for (const [path, message] of failures) {
      await expect(Array.fromAsync(fromJsonl(path)({ root }))).rejects.toMatchObject({
        code: 'EVALS_DATASET_UNREADABLE',
        message: expect.stringMatching(message),
      })
    }
    await expect(rowsOf(Uint8Array.of(0x22, 0xe9, 0x22))).rejects.toMatchObject({
      code: 'EVALS_DATASET_UNREADABLE',
      message: expect.stringContaining('expected UTF-8 text'),
    })
  })

  test('reads only as far as rows are asked for, and closes the file', async () => {
    await rowsOf('{"q":1}\n'.repeat(10))
    const path = join(root, 'rows.jsonl')
    await truncate(path, 2 ** 40).catch(() => truncate(path, 2 ** 32))
    const rows = fromJsonl(path)({ root })[Symbol.asyncIterator]()
    for (let count = 0; count < 5; count++) expect(await rows.next()).toEqual({ done: false, value: { q: 1 } })
    if (process.platform === 'linux') expect(await openDescriptors(path)).toBe(1)
    await rows.return?.()
    if (process.platform === 'linux') expect(await openDescriptors(path)).toBe(0)
    await rm(path)
  })

  test.skipIf(process.platform === 'win32')('gives rows of a pipe as they come', async () => {
    const path = join(root, 'pipe')
    execFileSync('mkfifo', [path])
    const writer = await open(path, 'r+')
    await writer.write('{"q":1}\n{"q":2}\n{"q":')
    const rows: unknown[] = []
    for await (const row of fromJsonl('pipe')({ root })) {
      rows.push(row)
      if (rows.length === 2) break
    }
    expect(rows).toEqual([{ q: 1 }, { q: 2 }])
    await writer.close()
  })
})
