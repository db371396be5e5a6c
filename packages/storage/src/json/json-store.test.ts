import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SampleRecord, StoreProblem } from '@evals/core'
import { experimentStoreContract, makeDocument, makeEntry } from '@evals/core/testing'
import { afterAll, expect, test } from 'vitest'
import { childStores } from '../child-stores.test-support.ts'
import { JsonStore } from './json-store.ts'

const parent = mkdtempSync(join(tmpdir(), 'json-store-'))
afterAll(() => rm(parent, { recursive: true }))

const contractFolder = join(parent, 'contract', '.evals')
const contract = experimentStoreContract(
  async (writer) => open({ writer, name: 'contract' }),
  childStores('json/json-store.ts', 'JsonStore', { folder: contractFolder }),
)
test.for(contract)('$name', { timeout: 30_000 }, async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})

let folders = 0
function open({ writer = '1', name = `folder-${++folders}` } = {}): JsonStore & { readonly path: string } {
  const folder = join(parent, name, '.evals')
  return Object.assign(new JsonStore({ folder, writer }), { path: folder })
}

const recordFile = ['experiments', 'exp', 'records', 'run-1.jsonl']

async function scan(store: JsonStore): Promise<{ records: SampleRecord[]; problems: StoreProblem[] }> {
  const problems: StoreProblem[] = []
  const records = await Array.fromAsync(store.scan('exp', { onProblem: (problem) => void problems.push(problem) }))
  return { records, problems }
}

async function appendTo(store: JsonStore, ...ids: string[]): Promise<void> {
  for (const id of ids) await store.append('exp', makeEntry({ id }))
}

const lines = async (path: string): Promise<string[]> => (await readFile(path, 'utf8')).split('\n')

test('a record is one line of JSON in a file of its run and writer', async () => {
  const store = open()
  const { record } = makeEntry({ output: 'two\nlines' })
  await store.append('exp', { record, attachments: [] })
  expect(await readFile(join(store.path, ...recordFile), 'utf8')).toBe(`${JSON.stringify(record)}\n`)
})

test('a torn last line costs only itself when a later run of the same writer goes on', async () => {
  const store = open()
  await appendTo(store, 'a', 'b')
  await store.close()
  const path = join(store.path, ...recordFile)
  await appendFile(path, JSON.stringify(makeEntry({ id: 'torn' }).record).slice(0, 40))
  await appendTo(store, 'c')
  await appendTo(store, 'd')
  const { records, problems } = await scan(store)
  expect(records.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  expect(problems).toEqual([{ where: 'run-1.jsonl:3', what: 'a torn line, which is no JSON' }])
  expect(await lines(path)).toHaveLength(6)
})

test('a line torn in the middle of a letter, foreign lines and newer versions are reported with file and line', async () => {
  const store = open()
  await appendTo(store, 'a')
  const path = join(store.path, ...recordFile)
  await appendFile(path, Buffer.concat([Buffer.from('{"id":"'), Buffer.from('é').subarray(0, 1), Buffer.from('\n')]))
  await appendFile(path, '\n"text"\nnull\n{"id":"no version"}\n{"v":2,"eval":"e","id":"b"}\n\r\n')
  await appendTo(store, 'c')
  const { records, problems } = await scan(store)
  expect(records.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(problems).toEqual([
    { where: 'run-1.jsonl:2', what: 'a torn line, which is no JSON' },
    { where: 'run-1.jsonl:4', what: 'no record: it has no version `v`' },
    { where: 'run-1.jsonl:5', what: 'no record: it has no version `v`' },
    { where: 'run-1.jsonl:6', what: 'no record: it has no version `v`' },
    { where: 'run-1.jsonl:7', what: 'a record of version 2, which this version does not know' },
  ])
  expect(await Array.fromAsync(store.scan('exp'))).toHaveLength(2)
})

test('a reader that stops early leaves no file open', async () => {
  const store = open()
  await appendTo(store, ...Array.from({ length: 2000 }, (_, index) => `${index}`))
  await store.close()
  for await (const { id } of store.scan('exp')) {
    expect(id).toBe('0')
    break
  }
  const descriptors = await readdir('/proc/self/fd').catch(() => [])
  const targets = await Promise.all(descriptors.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')))
  expect(targets.filter((target) => target.startsWith(store.path))).toEqual([])
})

test('a record file that cannot be read is an error, not an empty experiment', async () => {
  const store = open()
  await appendTo(store, 'a')
  await mkdir(join(store.path, 'experiments', 'exp', 'records', 'run-2.jsonl'))
  await expect(scan(store)).rejects.toMatchObject({
    code: 'EVALS_STORAGE_UNREADABLE',
    message: expect.stringContaining('run-2.jsonl'),
  })
})

test('a file where the folder should be is an error that says what to do', async () => {
  const folder = join(parent, 'a file')
  await writeFile(folder, '')
  const store = new JsonStore({ folder, writer: '1' })
  const unwritable = {
    code: 'EVALS_STORAGE_UNWRITABLE',
    message: expect.stringMatching(/a file.*Free space or change/s),
  }
  await expect(store.append('exp', makeEntry())).rejects.toMatchObject(unwritable)
  await expect(store.writeDocument(makeDocument('exp'))).rejects.toMatchObject(unwritable)
  await expect(store.readDocument('exp')).rejects.toMatchObject({ code: 'EVALS_STORAGE_UNREADABLE' })
  await expect(Array.fromAsync(store.scan('exp'))).rejects.toMatchObject({ code: 'EVALS_STORAGE_UNREADABLE' })
  await expect(store.list()).rejects.toMatchObject({ code: 'EVALS_STORAGE_UNREADABLE' })
})

// Linux, which CI runs on, has a device that is always full.
test.runIf(existsSync('/dev/full'))('a full disk is an error that keeps what is recorded', async () => {
  const store = open()
  const folder = join(store.path, 'experiments', 'exp', 'records')
  await appendTo(store, 'a')
  await symlink('/dev/full', join(folder, 'full-1.jsonl'))
  const full = makeEntry({ run: 'full' })
  await expect(store.append('exp', full)).rejects.toEqual(
    expect.objectContaining({ code: 'EVALS_STORAGE_UNWRITABLE', message: expect.stringContaining('ENOSPC') }),
  )
  await rm(join(folder, 'full-1.jsonl'))
  expect((await scan(store)).records.map(({ id }) => id)).toEqual(['a'])
})

test('other files beside the experiments and their documents disturb nobody', async () => {
  const store = open()
  await appendTo(store, 'a')
  await store.writeDocument(makeDocument('exp'))
  await writeFile(join(store.path, 'experiments', '.DS_Store'), '')
  await writeFile(join(store.path, 'experiments', 'exp', 'records', 'notes.txt'), 'none of ours')
  expect((await store.list()).map(({ experiment }) => experiment)).toEqual(['exp'])
  expect(await scan(store)).toMatchObject({ records: [{ id: 'a' }], problems: [] })
})

test('.gitignore keeps records out of Git, and one the user changed stays', async () => {
  const store = open()
  await appendTo(store, 'a')
  const path = join(store.path, '.gitignore')
  expect(await readFile(path, 'utf8')).toBe('*\n')
  await writeFile(path, 'cache\n')
  await store.append('another', makeEntry())
  await open({ name: `folder-${folders}` }).writeDocument(makeDocument('a third'))
  expect(await readFile(path, 'utf8')).toBe('cache\n')
})

test('records of one turn are one write, and closing writes what waits', async () => {
  const store = open()
  const entries = ['a', 'b', 'c'].map((id) => makeEntry({ id }))
  const appended = entries.map((entry) => store.append('exp', entry))
  await store.close()
  const written = await lines(join(store.path, ...recordFile))
  expect(written).toEqual([...entries.map(({ record }) => JSON.stringify(record)), ''])
  await Promise.all(appended)
})

test('attachments have the extension of their media type, and nothing half-written keeps their place', async () => {
  const store = open()
  const folder = join(store.path, 'experiments', 'exp', 'attachments')
  const [png, other] = ['whole', 'other'].map((text) => createHash('sha256').update(text).digest('hex'))
  const attachments = [
    { sha256: png!, mediaType: 'image/png', bytes: new TextEncoder().encode('whole') },
    { sha256: other!, mediaType: 'text/x-unknown', bytes: new TextEncoder().encode('other') },
  ]
  await store.append('exp', { ...makeEntry(), attachments })
  await store.append('exp', { ...makeEntry(), attachments })
  expect(new Set(await readdir(folder))).toEqual(new Set([`${png}.png`, `${other}.bin`]))
  expect(await store.readAttachment('exp', png!)).toEqual(Buffer.from('whole'))
})

test('writers whose names hold special characters do not share a file or leave the folder', async () => {
  const [one, two] = [open({ writer: '../1' }), open({ writer: '..%2F1', name: `folder-${folders}` })]
  await appendTo(one, 'a')
  await appendTo(two, 'b')
  expect(await readdir(join(one.path, 'experiments', 'exp', 'records'))).toHaveLength(2)
})
