import { once } from 'node:events'
import { existsSync, mkdtempSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { heartbeatMs, leaseWindowMs, thisProcess } from '@evals/core'
import { experimentStoreContract, makeDocument, makeEntry, ManualClock } from '@evals/core/testing'
import { afterAll, expect, test } from 'vitest'
import { childStores } from '../child-stores.test-support.ts'
import { SqliteStore } from './sqlite-store.ts'

const parent = mkdtempSync(join(tmpdir(), 'sqlite-store-'))
afterAll(() => rm(parent, { recursive: true }))

const file = join(parent, 'a folder', 'contract.sqlite')
const children = childStores('sqlite/sqlite-store.ts', 'SqliteStore', { file })
const contract = experimentStoreContract(async () => new SqliteStore({ file }), children)
test.for(contract)('$name', { timeout: 30_000 }, async ({ run }) => {
  await expect(run()).resolves.toBeUndefined()
})

let files = 0
function newFile(): string {
  return join(parent, `${++files}.sqlite`)
}

test('worker threads and the main process of one run write at once, and nobody is warned of node:sqlite', async () => {
  const path = newFile()
  const { program, flags = [] } = childStores('sqlite/sqlite-store.ts', 'SqliteStore', { file: path })
  const appending = (writer: string) => `${program}
    const store = await open('${writer}')
    const { record } = ${JSON.stringify(makeEntry())}
    for (let number = 0; number < 100; number += 1) {
      await store.append('exp', { record: { ...record, id: '${writer} ' + number }, attachments: [] })
    }
    await store.close()`
  const workers = ['a', 'b'].map((writer) => {
    const url = new URL(`data:text/javascript,${encodeURIComponent(appending(writer))}`)
    return new Worker(url, { execArgv: [...flags], stderr: true })
  })
  const printed: string[] = []
  for (const { stderr } of workers) stderr.setEncoding('utf8').on('data', (text: string) => printed.push(text))
  const exits = Promise.all(workers.map((worker) => once(worker, 'exit')))
  const store = new SqliteStore({ file: path })
  for (let number = 0; number < 100; number += 1) await store.append('exp', makeEntry({ id: `main ${number}` }))
  expect(await exits).toEqual([[0], [0]])
  expect(printed).toEqual([])
  const ids = (await Array.fromAsync(store.scan('exp'))).map(({ id }) => id)
  expect(ids).toHaveLength(300)
  for (const writer of ['a', 'b', 'main']) {
    expect(ids.filter((id) => id.startsWith(`${writer} `))).toEqual(
      Array.from({ length: 100 }, (_, number) => `${writer} ${number}`),
    )
  }
  await store.close()
})

test('reading where there is no database makes none', async () => {
  const path = newFile()
  const store = new SqliteStore({ file: path })
  expect(await store.list()).toEqual([])
  expect(await store.readDocument('exp')).toBeUndefined()
  expect(await Array.fromAsync(store.scan('exp'))).toEqual([])
  await store.delete('exp')
  await store.close()
  expect(existsSync(path)).toBe(false)
})

test('a database of something else, a newer one and a file that is none are errors that say so', async () => {
  const [foreign, newer, text] = [newFile(), newFile(), newFile()]
  new DatabaseSync(foreign).exec('CREATE TABLE mine (a)')
  const store = new SqliteStore({ file: newer })
  await store.writeDocument(makeDocument('exp'))
  await store.close()
  new DatabaseSync(newer).exec('PRAGMA user_version = 7')
  await writeFile(text, 'a text that is long enough to be looked at '.repeat(100))
  for (const [path, what] of [
    [foreign, /database of something else/],
    [newer, /version 7.*knows 1.*Update/],
    [text, /not a database/],
  ] as const) {
    const opened = new SqliteStore({ file: path })
    await expect(opened.list()).rejects.toMatchObject({
      code: 'EVALS_STORAGE_UNREADABLE',
      message: expect.stringMatching(what),
    })
    await opened.close()
  }
})

test('a database that cannot be made is an error that says what to do', async () => {
  const path = join(file, 'in a file', 'evals.sqlite')
  const store = new SqliteStore({ file: path })
  const unwritable = { code: 'EVALS_STORAGE_UNWRITABLE', message: expect.stringContaining('storage') }
  await expect(store.append('exp', makeEntry())).rejects.toMatchObject(unwritable)
  await expect(store.writeDocument(makeDocument('exp'))).rejects.toMatchObject(unwritable)
  await expect(store.lease('exp')).rejects.toMatchObject(unwritable)
})

test('damaged rows and attachments cost only themselves', async () => {
  const path = newFile()
  const store = new SqliteStore({ file: path })
  for (const id of ['a', 'b', 'c']) await store.append('exp', makeEntry({ id }))
  const sha256 = 'f'.repeat(64)
  const attachments = [{ sha256, mediaType: 'image/png', bytes: new Uint8Array([1]) }]
  await store.append('exp', { ...makeEntry({ id: 'd' }), attachments })
  await store.writeDocument(makeDocument('exp'))
  const database = new DatabaseSync(path)
  database.exec(`UPDATE records SET json = '{"v":1,' WHERE id = 'b'; UPDATE experiments SET document = '[]'`)
  database.close()
  const problems: unknown[] = []
  const records = store.scan('exp', { onProblem: (problem) => void problems.push(problem) })
  expect((await Array.fromAsync(records)).map(({ id }) => id)).toEqual(['a', 'c', 'd'])
  expect(problems).toEqual([{ where: `${path}, record 2`, what: 'a torn line, which is no JSON' }])
  expect(await store.readDocument('exp')).toMatchObject({ rebuilt: 'the document is no JSON object' })
  await expect(store.readAttachment('exp', sha256)).rejects.toMatchObject({
    code: 'EVALS_ATTACHMENT_UNREADABLE',
    details: { reason: 'damaged' },
  })
  await store.close()
})

test('a holder on another host is succeeded after it was silent for a minute, and learns that it lost', async () => {
  const path = newFile()
  const clock = new ManualClock()
  const elsewhere = { ...thisProcess(), host: 'elsewhere', pidSpace: 'elsewhere' }
  const silentFor = (ms: number) => {
    const database = new DatabaseSync(path)
    database.prepare('UPDATE leases SET beatAtMs = ?').run(Date.now() - ms)
    database.close()
  }
  const [one, two] = [new SqliteStore({ file: path, clock }), new SqliteStore({ file: path })]
  const lease = await one.lease('exp', elsewhere)
  silentFor(leaseWindowMs - 5000)
  await expect(two.lease('exp')).rejects.toMatchObject({ code: 'EVALS_EXPERIMENT_IN_USE' })
  silentFor(leaseWindowMs + 5000)
  clock.advance(heartbeatMs)
  await expect(two.lease('exp')).rejects.toMatchObject({ code: 'EVALS_EXPERIMENT_IN_USE' })
  silentFor(leaseWindowMs + 5000)
  const next = await two.lease('exp')
  expect(lease.lost.aborted).toBe(false)
  clock.advance(heartbeatMs)
  expect(lease.lost.reason).toMatchObject({ code: 'EVALS_EXPERIMENT_LEASE_LOST', details: { experiment: 'exp' } })
  await lease.release()
  await expect(one.lease('exp')).rejects.toMatchObject({ code: 'EVALS_EXPERIMENT_IN_USE' })
  await next.release()
  await one.close()
  await two.close()
})
