import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync } from 'node:fs'
import { appendFile, copyFile, cp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readResults } from '@evals/core'
import { makeDocument, makeEntry, makeRecord, makeRun } from '@evals/core/testing'
import { afterAll, expect, test } from 'vitest'
import { JsonStore } from './json-store.ts'

const parent = mkdtempSync(join(tmpdir(), 'damaged-store-'))
afterAll(() => rm(parent, { recursive: true }))

let folders = 0
/** A store with the experiment "exp": two records and a document. */
async function open() {
  const folder = join(parent, `${++folders}`)
  const store = new JsonStore({ folder, writer: '1' })
  for (const id of ['a', 'b']) await store.append('exp', makeEntry({ id }))
  const document = makeDocument('exp', { runs: [makeRun('run')] })
  await store.writeDocument(document)
  return { store, folder, document, path: join(folder, 'experiments', 'exp') }
}

test.for([
  ['', /is no JSON/],
  ['{ "version": 1,', /is no JSON/],
  ['[]', /is no JSON object/],
  ['{}', /`version`/],
  [JSON.stringify({ ...makeDocument('exp'), status: 'done' }), /`status`/],
  [JSON.stringify({ ...makeDocument('exp'), createdAt: 'yesterday' }), /`createdAt`/],
  [JSON.stringify({ ...makeDocument('exp'), runs: [{}] }), /`runs`/],
  [JSON.stringify({ ...makeDocument('exp'), evals: { a: 1 } }), /`evals`/],
] as const)('a document that is %j is made anew from the records, and says so', async ([text, reason]) => {
  const { store, path } = await open()
  await writeFile(join(path, 'experiment.json'), text)
  const document = await store.readDocument('exp')
  expect(document).toMatchObject({
    experiment: 'exp',
    status: 'interrupted',
    rebuilt: expect.stringMatching(reason),
    runs: [{ id: 'run' }],
    evals: { 'qa.eval.ts > capitals': { samples: { total: 2, scored: 2 } } },
  })
  expect(await store.list()).toMatchObject([{ experiment: 'exp', rebuilt: expect.stringMatching(reason) }])
  expect(await readFile(join(path, 'experiment.json'), 'utf8')).toBe(text)
  const { rebuilt, ...mended } = document!
  await store.writeDocument(mended)
  expect(await store.readDocument('exp')).toEqual(mended)
  expect(rebuilt).toContain('experiment.json')
})

test('a document of a newer version is kept and reported, and hides no other experiment', async () => {
  const { store, path } = await open()
  await store.writeDocument(makeDocument('other'))
  await writeFile(join(path, 'experiment.json'), '{ "version": 2 }')
  const message = expect.stringMatching(/"exp" is of version 2.*Update/)
  await expect(store.readDocument('exp')).rejects.toMatchObject({ code: 'EVALS_STORAGE_UNREADABLE', message })
  const problems: unknown[] = []
  expect(await store.list({ onProblem: (problem) => void problems.push(problem) })).toMatchObject([
    { experiment: 'other' },
  ])
  expect(problems).toEqual([{ where: store.describe('exp'), what: message }])
})

test('a copy under another folder name is an experiment of that name', async () => {
  const { store, folder, document, path } = await open()
  await cp(path, join(folder, 'experiments', 'copy'), { recursive: true })
  expect(await store.readDocument('copy')).toEqual({ ...document, experiment: 'copy' })
  expect((await store.list()).map(({ experiment }) => experiment).toSorted()).toEqual(['copy', 'exp'])
  await store.append('copy', makeEntry({ id: 'c' }))
  expect(await idsIn(store, 'copy')).toEqual(['a', 'b', 'c'])
  expect(await idsIn(store, 'exp')).toEqual(['a', 'b'])
})

test('a folder whose name no experiment can have is reported with one it could have', async () => {
  const { store, folder, path } = await open()
  await cp(path, join(folder, 'experiments', 'Copy of exp'), { recursive: true })
  const problems: unknown[] = []
  const listed = await store.list({ onProblem: (problem) => void problems.push(problem) })
  expect(listed.map(({ experiment }) => experiment)).toEqual(['exp'])
  expect(problems).toEqual([
    { where: 'Copy of exp', what: expect.stringMatching(/Rename it, for example to %43opy%20of%20exp$/) },
  ])
})

test('records copied from another machine are read with those that are here, a file copied twice counts once', async () => {
  const { store, path } = await open()
  const copied = `${JSON.stringify(makeRecord({ run: 'there', id: 'c' }))}\r\n`
  await writeFile(join(path, 'records', 'there-4.jsonl'), copied)
  await copyFile(join(path, 'records', 'run-1.jsonl'), join(path, 'records', 'run-1 (copy).jsonl'))
  expect(await idsIn(store, 'exp')).toEqual(['a', 'b', 'a', 'b', 'c'])
  const [results] = [...(await readResults(store, 'exp')).values()]
  expect([...results!.values()].map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('the order of runs is that of the document, also where the clock went back between them', async () => {
  const { store } = await open()
  const runs = [
    { ...makeRun('20270101_000000_first'), startedAt: '2027-01-01T00:00:00.000Z' },
    { ...makeRun('20260101_000000_second'), startedAt: '2026-01-01T00:00:00.000Z' },
  ]
  await store.writeDocument(makeDocument('clock', { runs }))
  await store.append('clock', makeEntry({ run: runs[1]!.id, durationMs: 2 }))
  await store.append('clock', makeEntry({ run: runs[0]!.id, durationMs: 1 }))
  const [results] = [...(await readResults(store, 'clock')).values()]
  expect([...results!.values()].map(({ durationMs }) => durationMs)).toEqual([2])
})

test('a line that looks like a record but lacks what readers need is reported', async () => {
  const { store, path } = await open()
  const { scores: _scores, ...without } = makeRecord({ id: 'c' })
  await appendFile(join(path, 'records', 'run-1.jsonl'), `${JSON.stringify(without)}\n`)
  const problems: unknown[] = []
  const results = await readResults(store, 'exp', { onProblem: (problem) => void problems.push(problem) })
  expect(results.get('qa.eval.ts > capitals')?.size).toBe(2)
  expect(problems).toEqual([{ where: 'run-1.jsonl:3', what: 'no record: `scores` is not an object' }])
})

test('a torn attachment is an error until somebody stores it again', async () => {
  const { store, path } = await open()
  const bytes = new TextEncoder().encode('whole')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const entry = { ...makeEntry({ id: 'c' }), attachments: [{ sha256, mediaType: 'image/png', bytes }] }
  await store.append('exp', entry)
  await truncate(join(path, 'attachments', `${sha256}.png`), 2)
  await expect(store.readAttachment('exp', sha256)).rejects.toMatchObject({
    code: 'EVALS_ATTACHMENT_UNREADABLE',
    message: expect.stringContaining(`${sha256}.png`),
    details: { reason: 'damaged' },
  })
  await store.append('exp', entry)
  expect(await store.readAttachment('exp', sha256)).toEqual(Buffer.from(bytes))
  await rm(join(path, 'attachments'), { recursive: true })
  await expect(store.readAttachment('exp', sha256)).rejects.toMatchObject({ details: { reason: 'missing' } })
})

test('an attachment outside of its folder is none', async () => {
  const { store, path } = await open()
  await writeFile(join(path, 'secret.png'), 'secret')
  await expect(store.readAttachment('exp', '../secret')).rejects.toMatchObject({
    code: 'EVALS_ATTACHMENT_UNREADABLE',
    details: { reason: 'missing' },
  })
})

test('a name that only ever had a lease is free for another experiment, one that is leased is not', async () => {
  const { store } = await open()
  const lease = await store.lease('later')
  await expect(store.rename('exp', 'later')).rejects.toMatchObject({ code: 'EVALS_EXPERIMENT_IN_USE' })
  await lease.release()
  await store.rename('exp', 'later')
  expect(await idsIn(store, 'later')).toEqual(['a', 'b'])
})

test('an experiment with a long name is found again without its document', async () => {
  const { store, path } = await open()
  const name = 'a long name '.repeat(20).trim()
  await store.rename('exp', name)
  const [folder = ''] = await readdir(join(path, '..'))
  await rm(join(path, '..', folder, 'experiment.json'))
  expect(await store.list()).toMatchObject([{ experiment: name, rebuilt: 'experiment.json is missing' }])
  expect(await idsIn(store, name)).toEqual(['a', 'b'])
})

test('what a process left that was killed while it deleted is no experiment, and the next deletion clears it', async () => {
  const { store, folder, path } = await open()
  await cp(path, join(folder, 'experiments', '~deleted-0123'), { recursive: true })
  expect((await store.list()).map(({ experiment }) => experiment)).toEqual(['exp'])
  await store.delete('no such experiment')
  expect(await readdir(join(folder, 'experiments'))).toEqual(['exp'])
})

// Not even the superuser may make folders there.
test.runIf(existsSync('/sys/kernel'))('a place that cannot be written is an error that says what to do', async () => {
  const store = new JsonStore({ folder: '/sys/kernel/evals', writer: '1' })
  const unwritable = { code: 'EVALS_STORAGE_UNWRITABLE', message: expect.stringMatching(/\/sys\/kernel\/.*`storage`/) }
  await expect(store.append('exp', makeEntry())).rejects.toMatchObject(unwritable)
  await expect(store.writeDocument(makeDocument('exp'))).rejects.toMatchObject(unwritable)
  await expect(store.lease('exp')).rejects.toMatchObject(unwritable)
  expect(await store.list()).toEqual([])
})

test.runIf(existsSync('/dev/full'))(
  'records that a full disk refused are not taken for written when it closes',
  async () => {
    const { store, path } = await open()
    await symlink('/dev/full', join(path, 'records', 'full-1.jsonl'))
    const appended = Promise.allSettled([store.append('exp', makeEntry({ run: 'full' }))])
    await rm(join(path, 'records', 'full-1.jsonl'))
    await store.close()
    expect(await appended).toMatchObject([
      { reason: { code: 'EVALS_STORAGE_UNWRITABLE', message: expect.stringMatching(/ENOSPC.*Free space/s) } },
    ])
  },
)

async function idsIn(store: JsonStore, experiment: string): Promise<string[]> {
  return (await Array.fromAsync(store.scan(experiment))).map(({ id }) => id)
}
