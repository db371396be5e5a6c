import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import type { Dataset } from './dataset.ts'
import { fromJson } from './from-json.ts'
import type { FromJsonOptions } from './from-json.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dataset-'))
})
afterAll(() => rm(root, { recursive: true }))

async function rowsOf(content: string, options?: FromJsonOptions): Promise<unknown[]> {
  await writeFile(join(root, 'rows.json'), content)
  return Array.fromAsync(fromJson('rows.json', options)({ root }))
}

describe('fromJson', () => {
  test('reads an array at the top, also after a byte order mark', async () => {
    expect(await rowsOf('\uFEFF[\r\n{"q":1},\r\n"text"]\r\n')).toEqual([{ q: 1 }, 'text'])
    expect(await rowsOf('[]')).toEqual([])
  })

  test('is a dataset whose rows have the given type', () => {
    expectTypeOf(fromJson<{ q: number }>('rows.json')).toExtend<Dataset<{ q: number }>>()
    expectTypeOf(fromJson('rows.json')).toExtend<Dataset<Record<string, unknown>>>()
  })

  test('reads an array at a path', async () => {
    expect(await rowsOf('{"data":{"rows":[{"q":1}]}}', { at: 'data.rows' })).toEqual([{ q: 1 }])
    expect(await rowsOf('[{"rows":["a"]},{"rows":["b"]}]', { at: '1.rows' })).toEqual(['b'])
  })

  test('never guesses where the rows are', async () => {
    await expect(rowsOf('{"version":1,"examples":[{"q":1}]}')).rejects.toMatchObject({
      code: 'EVALS_DATASET_UNREADABLE',
      message:
        `${join(root, 'rows.json')}: expected an array of rows at the top, found an object. ` +
        'Say where the rows are with the option `at`; arrays at the top of the document: examples.',
    })
    await expect(rowsOf('{"data":{}}', { at: 'data.rows' })).rejects.toThrow('at "data.rows", found nothing (null)')
    await expect(rowsOf('{}', { at: 'constructor.name' })).rejects.toThrow('found nothing')
    await expect(rowsOf('"text"')).rejects.toThrow('found a string')
  })

  test.for([
    ['[1,\n2', 2],
    ['[\n"a\nb"]', 2],
    [`[\n{"question": "${'x'.repeat(50)}", "expected":\n unknown, "more": "${'y'.repeat(50)}"}]`, 3],
    ['{"a":\n1,}', 2],
    ['[\n{"a": x}]', 2],
  ] as const)('names the line of what is no JSON: %j', async ([content, line]) => {
    await expect(rowsOf(content)).rejects.toMatchObject({
      code: 'EVALS_DATASET_UNREADABLE',
      message: expect.stringContaining(`rows.json:${line}: expected JSON, got: `),
    })
  })

  test('says that an empty file is no JSON', async () => {
    await expect(rowsOf('')).rejects.toThrow('rows.json: expected JSON, got: Unexpected end of JSON input.')
  })

  test('names the index of a row that is neither object nor string', async () => {
    await expect(rowsOf('[{}, 3]')).rejects.toMatchObject({
      code: 'EVALS_DATASET_ROW_INVALID',
      message: expect.stringContaining('rows.json: [1]: expected a row that is an object or a string, got a number.'),
    })
    await expect(rowsOf('{"a":[[]]}', { at: 'a' })).rejects.toThrow('rows.json: a[0]: ')
  })

  test('says that a file is missing', async () => {
    await expect(Array.fromAsync(fromJson('absent.json')({ root }))).rejects.toMatchObject({
      code: 'EVALS_DATASET_UNREADABLE',
      message: expect.stringContaining(join(root, 'absent.json')),
    })
  })
})
