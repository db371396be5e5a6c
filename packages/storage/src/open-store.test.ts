import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEntry } from '@evals/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from './open-store.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'open-store-'))
})
afterAll(() => rm(root, { recursive: true }))

test.for([
  ['json://', '.evals'],
  ['json://results/of evals', 'results/of evals'],
] as const)('%s keeps records under %s of the root', async ([url, folder]) => {
  const store = await openStore(url, { root, writer: '7' })
  await store.append('exp', makeEntry({ run: 'r' }))
  await store.close()
  expect(await readdir(join(root, folder, 'experiments', 'exp', 'records'))).toEqual(['r-7.jsonl'])
})

test('an absolute folder stays absolute', async () => {
  const store = await openStore(`json://${root}/elsewhere`, { root: '/nowhere', writer: '7' })
  await store.append('exp', makeEntry())
  await store.close()
  expect(await readdir(join(root, 'elsewhere'))).toContain('experiments')
})

test.for([
  ['sqlite://', '.evals/evals.sqlite'],
  ['sqlite://results/all.db', 'results/all.db'],
] as const)('%s keeps records in %s of the root', async ([url, file]) => {
  const store = await openStore(url, { root, writer: '7' })
  await store.append('exp', makeEntry())
  await store.close()
  expect(existsSync(join(root, file))).toBe(true)
})

test('memory:// is the same storage each time', async () => {
  const store = await openStore('memory://', { root, writer: '1' })
  await store.append('exp', makeEntry({ id: 'a' }))
  const again = await openStore('memory://', { root, writer: '2' })
  expect((await Array.fromAsync(again.scan('exp'))).map(({ id }) => id)).toEqual(['a'])
})

test('module://… opens the store of a module of the project, with what stands behind #', async () => {
  await writeFile(
    join(root, 'my-store.mjs'),
    'export const openStore = (location, options) => ({ describe: () => JSON.stringify([location, options]) })',
  )
  const store = await openStore('module://./my-store.mjs#redis://host/1#2', { root, writer: '3' })
  expect(JSON.parse(store.describe(''))).toEqual(['redis://host/1#2', { root, writer: '3' }])
})

test.for([
  ['./none.mjs', /cannot be loaded: Cannot find module/],
  ['./no-store.mjs#x', /exports no function `openStore`/],
  ['', /cannot be loaded/],
] as const)('module://%s is no storage', async ([location, message]) => {
  await writeFile(join(root, 'no-store.mjs'), 'export const openstore = 1')
  await expect(openStore(`module://${location}`, { root, writer: '1' })).rejects.toMatchObject({
    code: 'EVALS_STORAGE_UNKNOWN',
    message: expect.stringMatching(message),
  })
})

test.for([
  ['', ''],
  ['json', ' Did you mean "json"?'],
  ['json:.evals', ' Did you mean "json"?'],
  ['mysql://host/db', ''],
  ['sqlit://x', ' Did you mean "sqlite"?'],
  ['redis://host', ''],
] as const)('%j is no storage', async ([url, hint]) => {
  await expect(openStore(url, { root, writer: '1' })).rejects.toMatchObject({
    code: 'EVALS_STORAGE_UNKNOWN',
    message: `There is no storage "${url}".${hint} Known: json://…, sqlite://…, memory://…, module://…, for example json://.evals.`,
  })
})
