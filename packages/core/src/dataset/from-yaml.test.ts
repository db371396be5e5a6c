import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromYaml, type FromYamlOptions } from './from-yaml.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'dataset-'))
})
afterAll(() => rm(root, { recursive: true }))

async function rowsOf(content: string, options?: FromYamlOptions): Promise<unknown[]> {
  await writeFile(join(root, 'rows.yaml'), content)
  return Array.fromAsync(fromYaml('rows.yaml', options)({ root }))
}

describe('fromYaml', () => {
  test('reads a list at the top', async () => {
    expect(await rowsOf('\uFEFF# rows\r\n- q: a\r\n  on: 2024-01-01\r\n- text\r\n---\r\n')).toEqual([
      { q: 'a', on: '2024-01-01' },
      'text',
    ])
    expect(await rowsOf('- __proto__: 1\n')).toEqual([JSON.parse('{"__proto__":1}')])
  })

  test('reads a list at a path', async () => {
    expect(await rowsOf('data: { rows: [{ q: 1 }] }', { at: 'data.rows' })).toEqual([{ q: 1 }])
    expect(await rowsOf('- rows: [a]\n- rows: [b]', { at: '1.rows' })).toEqual(['b'])
    expect(await rowsOf('all: &all [a]\nmore: { rows: *all }\nmost: &most { rows: [b] }', { at: 'more.rows' })).toEqual(
      ['a'],
    )
    expect(await rowsOf('most: &most { rows: [b] }\nmore: *most', { at: 'more.rows' })).toEqual(['b'])
  })

  test.for(['data: { rows: 1 }', 'data: 1', '[]', '', 'data: { rows: [] }\n---\ndata: { rows: [] }'])(
    'refuses %j, which has no one list at a path',
    async (content) => {
      await expect(rowsOf(content, { at: 'data.rows' })).rejects.toMatchObject({
        code: 'EVALS_DATASET_UNREADABLE',
        message: expect.stringContaining('expected one document with a list of rows at "data.rows".'),
      })
    },
  )

  test('reads several documents, without the empty ones', async () => {
    expect(await rowsOf('---\nq: 1\n---\n---\n|\n text\n---\n')).toEqual([{ q: 1 }, 'text\n'])
  })

  test('reads nothing from a file without a value', async () => {
    expect(await rowsOf('')).toEqual([])
    expect(await rowsOf('# nothing yet\n')).toEqual([])
  })

  test('follows anchors and merge keys', async () => {
    expect(await rowsOf('- &base { model: mini, t: 0 }\n- { <<: *base, t: 1 }\n- *base\n')).toEqual([
      { model: 'mini', t: 0 },
      { model: 'mini', t: 1 },
      { model: 'mini', t: 0 },
    ])
  })

  test.for([
    ['- q: 1\n- q: [1\n- q: 2', 3],
    ['- q: 1\n  q: 2', 2],
    ['- q: 1\n- q: !secret x', 2],
  ] as const)('names the line of what is no YAML: %j', async ([content, line]) => {
    await expect(rowsOf(content)).rejects.toMatchObject({
      code: 'EVALS_DATASET_UNREADABLE',
      message: expect.stringContaining(`rows.yaml:${line}: expected YAML, got: `),
    })
  })

  test('refuses one document that is no list', async () => {
    await expect(rowsOf('q: 1')).rejects.toMatchObject({
      code: 'EVALS_DATASET_UNREADABLE',
      message: expect.stringContaining('expected a list of rows or several documents, found one document'),
    })
  })

  test('names the line of a row that is neither object nor string', async () => {
    await expect(rowsOf('- q: 1\n\n-\n')).rejects.toMatchObject({
      code: 'EVALS_DATASET_ROW_INVALID',
      message: expect.stringMatching(
        /rows\.yaml:3: expected a row that is an object or a string, got nothing \(null\)/,
      ),
    })
    await expect(rowsOf('- q: 1\n- q: *absent')).rejects.toThrow('rows.yaml:2: expected a YAML value, got: Unresolved')
    await expect(rowsOf('q: 1\n---\n5\n')).rejects.toThrow('rows.yaml:3: ')
  })

  test('names the row whose aliases grow without end', async () => {
    const levels = Array.from({ length: 10 }, (_, level) => {
      const content =
        level === 0
          ? 'x'
          : Array(10)
              .fill(`*a${level - 1}`)
              .join(', ')
      return `  k${level}: &a${level} [${content}]`
    })
    await expect(rowsOf(`- q: 1\n-\n${levels.join('\n')}`)).rejects.toMatchObject({
      code: 'EVALS_DATASET_ROW_INVALID',
      message: expect.stringMatching(/rows\.yaml:3: expected a YAML value, got: Excessive alias count/),
    })
  })

  test('reads many rows that merge one', async () => {
    const count = 2000
    const merging = Array.from({ length: count }, (_, index) => `- { <<: *base, q: ${index} }\n`)
    const startedAt = performance.now()
    const rows = await rowsOf(`- &base { of: [x] }\n${merging.join('')}`)
    expect(performance.now() - startedAt).toBeLessThan(3000)
    expect(rows).toHaveLength(count + 1)
    expect(rows.slice(-2)).toEqual([
      { of: ['x'], q: count - 2 },
      { of: ['x'], q: count - 1 },
    ])
  })

  test('gives rows that share no object', async () => {
    const [first, second] = (await rowsOf('- &base { of: [x] }\n- *base')) as { of: string[] }[]
    first!.of.push('y')
    expect(second).toEqual({ of: ['x'] })
  })

  test('says that a file is missing', async () => {
    await expect(Array.fromAsync(fromYaml('absent.yaml')({ root }))).rejects.toMatchObject({
      code: 'EVALS_DATASET_UNREADABLE',
      message: expect.stringContaining(join(root, 'absent.yaml')),
    })
  })
})
